"""Lists in the encodings of Windows, the Mac and DOS, which nothing in the file names."""

import pytest

from sync.sources.check import check_source
from sync.sources.eight_bit import Words, guess_encoding

GERMAN = ("Ärztehaus", "Übergang", "Öffnung", "öffentlich", "über", "Büro", "Maß", "Süd", "Größe", "STRAßE", "Fuß")
WESTERN = ("René", "François", "Hélène", "Søren", "Peña", "Škoda", "Mašek", "Aleš", "Žižek", "João", "Zoë", "Noël")
POLISH = ("Łukasz", "Wałęsa", "Paweł", "Zięba", "Kamiński", "Śmigły", "Żak", "Józef")
CZECH = ("Dvořák", "Jiří", "Němec", "Růžena", "Šťastný", "Zdeněk")
TURKISH = ("Yıldız", "Şahin", "Işık", "Doğan", "Ağaoğlu", "Gürbüz", "Çelik")


@pytest.mark.parametrize("codec", ["cp1252", "latin-1", "cp1250", "cp1254", "mac_roman", "cp850", "cp437"])
@pytest.mark.parametrize("word", GERMAN)
def test_one_german_word_tells_its_encoding_wherever_its_umlaut_stands(codec, word):
    told = guess_encoding([word.encode(codec)])
    assert word.encode(codec).decode(told.encoding.codec) == word


@pytest.mark.parametrize("word", WESTERN)
def test_a_western_name_stays_windows_1252(word):
    assert guess_encoding([word.encode("cp1252")]).encoding.title == "Windows-1252"


@pytest.mark.parametrize(
    ("codec", "words"),
    [
        ("cp1252", WESTERN), ("mac_roman", GERMAN), ("cp850", GERMAN), ("cp437", GERMAN), ("cp1250", POLISH),
        ("cp1250", CZECH), ("cp852", POLISH), ("cp1254", TURKISH), ("cp1251", ("Шевченко", "Олена")),
    ],
)  # fmt: skip
def test_some_names_tell_their_encoding_with_german_words_among_them(codec, words):
    told = [*words, *(["Bürgerverein", "Müller"] if codec != "cp1251" else [])]
    guess = guess_encoding([word.encode(codec) for word in told])
    assert [word.encode(codec).decode(guess.encoding.codec) for word in told] == told
    assert guess.rival is None


@pytest.mark.parametrize(
    ("codec", "word", "shown"),
    [
        ("cp1250", "Přibyl", "Pøibyl"),
        ("cp1250", "Kovač", "Kovaè"),
        ("cp1254", "İpek", "Ýpek"),
        ("mac_roman", "Søren", "Sżren"),
    ],
)  # fmt: skip
def test_a_name_that_two_encodings_could_mean_is_told_as_both_read_it(write_list, codec, word, shown):
    report = check_source(write_list("o.csv", f"Nachname;Vorname\n{word};Ada\n", codec), "personen")
    (note,) = report.notes
    assert (word in note.text, shown in note.text, "CSV UTF-8" in note.text) == (True, True, True)


@pytest.mark.parametrize(
    "text", ["„Haus“ – so", "5 € je m²", "§ 9", "20 °C", "Ruth’s …", "½ Tag", "«Oui»", "Firma®", "D’Artagnan"]
)
def test_quotes_dashes_and_signs_are_windows_without_a_word(text):
    words = Words()
    words.add(f"Liste;{text};Müller\n".encode("cp1252"))
    guess = words.guess()
    assert (guess.encoding.title, guess.rival, guess.senseless) == ("Windows-1252", None, False)


def test_what_no_encoding_makes_sense_of_is_told_with_the_cure(write_list):
    report = check_source(write_list("o.csv", "Nachname;Vorname\nΠαπαδόπουλος;Γιώργος\n", "cp1253"), "personen")
    assert any("CSV UTF-8" in note.text for note in report.notes)


def test_a_word_cut_by_the_end_of_a_block_is_one_word():
    words = Words()
    for block in (b"Liste;\x8erzt", b"ehaus", b";B\x81ro"):
        words.add(block)
    assert words.guess().encoding.title == "DOS 850"


def test_a_card_in_another_encoding_says_so(tmp_path):
    path = tmp_path / "a.vcf"
    path.write_bytes("BEGIN:VCARD\nVERSION:2.1\nN:Özgür;Ärmin\nEND:VCARD\n".encode("mac_roman"))
    report = check_source(path, "vcard")
    assert report.items[0].values["last_name"] == "Özgür"
    assert any("Mac Roman" in note.text for note in report.notes)

"""First names by origin and sex, the commonest first; what people are called instead, and how else it is spelt."""

from __future__ import annotations

from bench.doubles.chance import Chance, zipf

# Generations mixed as in the lists of an agency: most people there are between 35 and 75.
_MEN = """
Michael Thomas Andreas Peter Frank Wolfgang Klaus Jürgen Uwe Stefan Bernd Christian Jörg Dieter Matthias Torsten Ralf
Manfred Hans Heiko Holger Steffen Horst Sven Detlef Daniel Jens Martin Günter Mario René Gerhard Werner Karsten Dirk
Lutz Norbert Sebastian Alexander Ronny Helmut Olaf Marcel Maik Rainer Markus Volker Siegfried Heinz Tobias Jan Rolf
Joachim Enrico Hartmut Christoph Marco Robert Reinhard Falk André Hans-Jürgen Rüdiger Eberhard Felix Philipp Oliver
Thorsten Gerd Paul David Henry Mathias Udo Karl-Heinz Tino Patrick Harald Dietmar Burkhard Ulrich Florian Axel Rico
Eckhard Benjamin Georg Kurt Silvio Danny Herbert Guido Erik Mike Jonas Lukas Tim Maximilian Kai Egon Heinrich Wilfried
Erich Johannes Ingo Friedrich Karl Roland Nico Gunnar Hans-Joachim Walter Fritz Kevin Hans-Peter Konrad Fabian Dennis
Stephan Leon Hendrik Jakob Moritz Jochen Arno Bodo Carsten Ulf Hubert Wilhelm Otto Veit Friedhelm Lothar Gunter Ernst
Anton Simon Lars Björn Timo Wolfram Ludwig Erwin Hagen Elias Ben Robin Oskar Emil Karl-Ernst Bernhard Franz Ronald
Sascha Jost Klaus-Dieter Max Niklas Jannik Julian Christopher Henning Torben Rudi Alfred Theo Albrecht Gernot Hannes
Winfried Hellmut Willi Arnd Till Jörn Joachim-Ernst Götz Reiner Ekkehard Hans-Georg Hans-Dieter Hans-Ulrich Ortwin
Justus Valentin Vincent Karsten-Uwe Marvin Pascal Dominik Adrian Raik Jörg-Uwe Wieland Tilo Thilo Gottfried Samuel
Linus Kilian Mirko Knut Arne Malte Sören Raphael Bastian Gregor Clemens Ferdinand Henrik
"""
_WOMEN = """
Petra Sabine Monika Karin Susanne Kerstin Birgit Andrea Renate Heike Ute Katrin Gabriele Anja Silke Ines Ursula Katja
Christine Claudia Martina Anke Brigitte Doreen Nicole Simone Angela Marion Bärbel Ingrid Sandra Christa Sylvia Manuela
Helga Elke Julia Antje Cornelia Jana Stefanie Annett Gisela Heidi Anne Kathrin Ramona Regina Carola Gudrun Christina
Barbara Rosemarie Erika Elisabeth Maria Anna Mandy Marina Evelyn Beate Ilona Ulrike Grit Viola Franziska Angelika
Diana Sarah Steffi Margit Nadine Hannelore Jutta Dagmar Annette Yvonne Eva Katharina Kristin Ina Simone Constanze
Peggy Christiane Astrid Lisa Laura Undine Marlies Roswitha Inge Edith Anette Melanie Jacqueline Corinna Kornelia Maren
Sigrid Anita Heidemarie Waltraud Margitta Rita Edeltraud Bettina Janine Annegret Antonia Johanna Susann Tina Cindy
Sophie Lea Marie Lena Emma Hannah Nora Frieda Charlotte Clara Irene Ilse Gerda Karola Regine Verena Juliane Theresa
Wiebke Saskia Carmen Elfriede Dorothea Magdalena Vera Veronika Friederike Anneliese Marianne Rosa Jessica Jennifer
Vanessa Sina Michaela Daniela Birte Swantje Maike Meike Britta Imke Dörte Doris Hilde Hildegard Lieselotte Käthe
Isolde Adelheid Anne-Katrin Annemarie Anna-Lena Eva-Maria Hanna Luise Paula Mathilda Ida Greta Lotte Pauline Elena
Helene Emilia Mia Josefine Josephine Sonja Tanja Nadja Natascha Ellen Uta Uschi Gitta Karla Carla Nicola Sigrun Almut
Gesine Friedegard Solveig Ruth Esther Miriam Judith Rebecca Rahel Leonie Celine Chantal Denise Romy Kati Conny Heidrun
Ortrun Brunhilde Gerlinde Sieglinde Ines-Maria Hella Margarete Margret Rosi Silvana Silvia Ivonne Nancy Mandy-Sue Katy
Josephin
"""
_FOREIGN: dict[str, tuple[str, str]] = {
    "turkish": (
        "Mehmet Mustafa Ahmet Ali Hüseyin Hasan İbrahim Murat Ömer Yusuf Emre Can Serkan Burak Cem Deniz Kemal Orhan",
        "Fatma Ayşe Emine Hatice Zeynep Elif Meryem Özlem Aylin Esra Gülşen Sevgi Derya Leyla Nur Melek Songül Dilek",
    ),
    "polish": (
        "Piotr Krzysztof Andrzej Tomasz Paweł Jan Marcin Michał Marek Grzegorz Łukasz Adam Jakub Wojciech Mateusz",
        "Anna Katarzyna Małgorzata Agnieszka Barbara Ewa Krystyna Magdalena Monika Beata Joanna Dorota Jolanta Iwona",
    ),
    "russian": (
        "Sergej Alexander Andrej Dmitrij Wladimir Viktor Igor Oleg Juri Nikolai Eugen Waldemar Pawel Iwan Oleksandr",
        "Olga Natalia Elena Irina Tatjana Svetlana Ludmila Galina Julia Oksana Nadeschda Marina Larissa Iryna",
    ),
    "vietnamese": (
        "Van Minh Duc Hung Tuan Van_Hai Quang Thanh Anh Huu Van_Long Xuan Manh Cuong Nam",
        "Thi_Hoa Thi_Lan Huong Thi_Mai Linh Thuy Thi_Thu Phuong Ngoc Hanh Trang Thi_Hong Yen Kim Thao",
    ),
    "arabic": (
        "Mohammed Ahmad Omar Khaled Mahmoud Youssef Hassan Ali Mustafa Abdul Samir Bilal Tarek Anas Hussam Fadi",
        "Fatima Aisha Maryam Nour Rana Amal Hanan Layla Zainab Rima Samira Yasmin Salma Huda Iman Sawsan",
    ),
    "persian": (
        "Ali Reza Hamid Mohammad Javad Farhad Mehdi Ahmad Najib Omid Sayed Habib",
        "Zahra Fatemeh Maryam Parisa Shirin Nasrin Farzana Laila Mina Soraya Nilofar",
    ),
    "southern": (
        "Ion Mihai Andrei Giuseppe Antonio Marco Carlos José Luis Ivan Goran Milan Dragan Nikola Arben Georgios",
        "Maria Elena Ioana Giulia Lucia Carmen Ana Sofia Ivana Jelena Mirela Snežana Rosa Francesca Vesna",
    ),
    "african": (
        "Mamadou Ibrahim Abdoulaye Samuel Emmanuel Joseph John James Kofi Moussa Yonas Daniel",
        "Aminata Fatou Mariam Grace Mary Blessing Selam Helen Hawa Esther Sarah",
    ),
}
# Several names for one person, with blanks between: any may stand for any other.
_CALLED = """
Michael Micha Michi|Thomas Tom Tommy|Andreas Andi Andy|Wolfgang Wolf|Klaus Claus|Jürgen Jürg|Stefan Stephan
Christian Chris|Matthias Mathias Matze|Torsten Thorsten|Manfred Manni Fredi|Hans Johannes|Sven Swen|Daniel Dani
Martin Matti|Günter Günther Gunter|René Rene|Gerhard Gerd|Karsten Carsten|Lutz Ludwig|Sebastian Basti Bastian
Alexander Alex|Ronny Ronald|Helmut Hellmut|Olaf Olav|Maik Mike Meik|Rainer Reiner|Markus Marcus|Siegfried Siggi
Heinz Heinrich|Tobias Tobi|Joachim Achim Jochen|Christoph Christof Chris|Marco Marko|Robert Rob Robby
Reinhard Reinhardt|Philipp Philip|Oliver Olli Oli|Hans-Jürgen Hajo|Karl-Heinz Kalle Kalli|Patrick Patrik
Ulrich Uli Ulli|Florian Flo|Benjamin Ben Benni|Georg Schorsch Jörg|Erik Eric Erich|Jonas Jona|Lukas Lucas
Maximilian Max|Wilhelm Willi Willy|Friedrich Fritz|Nico Niko|Hans-Joachim Hajo Hans-Achim|Walter Walther
Hans-Peter Hape|Konrad Conrad|Dennis Denis|Jakob Jacob|Ernst Ernst-Otto|Bernhard Bernd|Nikolaus Klaus|Niklas Nick
Christopher Christoph Chris|Rudolf Rudi|Tilo Thilo|Samuel Sam|Jannik Yannik Yannick|Raphael Rafael|Gregor Greg
Clemens Klemens|Valentin Vali|Dominik Dominic|Anton Toni|Franz Franzl|Sabine Bine Biene|Monika Moni|Susanne Susi Sanne
Kerstin Kersten|Gabriele Gabi Gaby|Katrin Kathrin Cathrin Kati|Ursula Uschi Ulla|Christine Christina Tine Chris
Claudia Klaudia Claudi|Martina Tina|Brigitte Gitte Gitta|Nicole Nicki|Angelika Geli Angela|Sylvia Silvia
Manuela Manu Ela|Cornelia Kornelia Conny|Stefanie Stephanie Steffi|Elisabeth Elli Lisa Elsbeth|Anna Anne Änne
Evelyn Evelin|Ulrike Ulli Rike|Franziska Franzi|Sarah Sara|Hannelore Hanne Lore|Annette Anette|Yvonne Ivonne|Eva Evi
Katharina Kathi Katja Käthe|Kristin Christin|Constanze Konstanze Conny|Christiane Christel|Melanie Mela Melli
Jacqueline Jaqueline|Heidemarie Heidi|Margitta Gitta|Bettina Tina Betty|Susann Susanne|Johanna Hanna
Hannah Hanna Hanne|Sophie Sofie|Charlotte Lotte|Clara Klara|Karola Carola|Juliane Jule|Theresa Teresa Resi
Dorothea Doro Thea|Magdalena Lena Magda|Veronika Vroni|Friederike Rike Frieda|Anneliese Annelies|Jennifer Jenny
Jessica Jessi Jessika|Michaela Micha Michi|Daniela Dani|Maike Meike|Hildegard Hilde|Lieselotte Lilo Lotte
Eva-Maria Eva|Annemarie Anne-Marie Anni|Luise Louise|Josefine Josephine Josi|Carla Karla|Rebecca Rebekka
Margarete Grete Margret Gretel|Rosemarie Rosi Rose-Marie|Ingrid Inge|Mehmet Mehmed|Hüseyin Hussein|Ayşe Aische
Sergej Sergey Sergei Serge|Andrej Andrey Andrei|Dmitrij Dimitri Dmitry|Wladimir Vladimir Wolodja|Viktor Victor
Juri Yuri Jurij|Nikolai Nikolaj Kolja|Eugen Evgenij Jewgenij|Iwan Ivan|Natalia Natalja Natascha|Elena Jelena Lena
Tatjana Tatiana Tanja|Svetlana Swetlana Sweta|Julia Yulia Julija|Oksana Oxana|Larissa Larisa|Ludmila Ljudmila
Oleksandr Alexander|Iryna Irina|Mohammed Muhammad Mohamad Mohamed|Ahmad Ahmed|Khaled Khalid|Youssef Yusuf Yousef
Hassan Hasan|Mustafa Mustapha|Fatima Fatma Fatemeh|Aisha Aischa|Maryam Mariam Miriam|Layla Laila Leila|Zainab Zeinab
Yasmin Jasmin|Piotr Peter|Krzysztof Krzystof Christoph|Katarzyna Kasia Katharina|Małgorzata Gosia Margarete
Agnieszka Aga Agnes|Łukasz Lukas
"""

SEXES = ("m", "f")
GIVEN = {("german", "m"): zipf(list(dict.fromkeys(_MEN.split())), 0.62)}
GIVEN["german", "f"] = zipf(list(dict.fromkeys(_WOMEN.split())), 0.62)
for _origin, _both in _FOREIGN.items():
    for _sex, _text in zip(SEXES, _both, strict=True):
        GIVEN[_origin, _sex] = zipf([name.replace("_", " ") for name in _text.split()], 0.5)

CALLED: dict[str, tuple[str, ...]] = {}
for _group in _CALLED.replace("\n", "|").split("|"):
    _names = _group.split()
    for _name in _names:
        CALLED[_name] = (*CALLED.get(_name, ()), *(other for other in _names if other != _name))


def first_name(chance: Chance, origin: str, sex: str) -> str:
    """Return a first name; ``sex`` is "m" or "f". A few Germans have two ("Hans-Peter", "Anna Maria")."""
    name = chance.pick(GIVEN[origin, sex])
    if origin == "german" and "-" not in name and chance.happens(0.03):
        second = chance.pick(GIVEN[origin, sex])
        if second != name and "-" not in second:
            return f"{name}{chance.one_of(('-', ' ', ' '))}{second}"
    return name


def called(chance: Chance, name: str) -> str | None:
    """Return what somebody of this name is called or how it is spelt elsewhere, or None if nothing is known."""
    if name in CALLED:
        return chance.one_of(CALLED[name])
    return None

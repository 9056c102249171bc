"""The answer pages in plain English."""

from __future__ import annotations

from schemas.events.choices import Answer
from streamlit_app.rsvp.form import Flaw
from streamlit_app.rsvp.words import Words

ENGLISH = Words(
    code="en",
    locale="en_GB",
    clock="{time}",
    other="Deutsch",
    other_code="de",
    switch="Language",
    event="Event",
    flawed_title="Please check",
    when="When",
    doors="Doors open",
    where="Where",
    guest="Invited",
    answer_by="Please answer by {day}.",
    answer_by_start="Please answer before the event begins.",
    programme="Programme",
    until="to",
    so_far="Your answer so far",
    nothing_yet="You have not answered yet.",
    by_staff="We have put this on our list for you.",
    your_answer="Your answer",
    answer="Answer",
    on_list="This is on our list",
    choose="Are you coming?",
    offers={
        Answer.YES: "I am coming",
        Answer.NO: "I am not coming",
        Answer.MAYBE: "I do not know yet",
        Answer.REPRESENTED: "Somebody comes in my place",
    },
    said={
        Answer.OPEN: "still open",
        Answer.YES: "You are coming",
        Answer.NO: "You are not coming",
        Answer.MAYBE: "not sure yet",
        Answer.REPRESENTED: "Somebody comes in your place",
    },
    said_by="{name} comes in your place",
    deputy="Who comes in your place?",
    deputy_hint="First name and last name, and what they do",
    companions="How many people come with you?",
    companions_hint="At most {most}",
    nobody="nobody",
    names="Names of the people who come with you",
    needs="Food and access",
    needs_hint="For example: vegetarian, an allergy, room for a wheelchair, sign language.",
    remark="Remark",
    optional="optional",
    send="Send answer",
    change="Change or withdraw your answer",
    change_until="You can change or withdraw your answer with this link until {day}.",
    change_until_start="You can change or withdraw your answer with this link until the event begins.",
    change_intro="Has something changed? Fill in the form again; your last answer counts.",
    change_staff="Is this wrong? Tell us here; we will contact you.",
    full="All places are taken. If you say yes, you go on the waiting list and move up as soon as there is enough "
    "room.",
    waiting="You are on the waiting list. You move up when there is enough room. This page always shows where you "
    "stand.",
    seated="Your place is reserved.",
    thanks="Thank you",
    noted_title="Answer written down",
    noted="We have written down your answer.",
    noted_differs="We have written down your answer “{said}”. Our list says “{shown}”. We will contact you.",
    noted_later="Your answer has arrived. It will be on our list in a short while; you need not do anything.",
    comes_along="Coming with you",
    to_calendar="Add the date to your calendar (.ics)",
    flaws_title="Please check your answer. Nothing has been written down yet.",
    flaws={
        ("antwort", Flaw.MISSING): "Please choose whether you are coming.",
        ("vertretung", Flaw.MISSING): "Please say who comes in your place.",
        ("begleitung", Flaw.TOO_MANY): "The most people you can bring: {most}.",
        ("begleitung", Flaw.NO_NUMBER): "Please write the number of people you bring in figures.",
        ("begleitung", Flaw.FULL): "There is no room for more people with you. You keep your own place; please call us "
        "about the others.",
    },
    too_long="The field “{field}” holds {room} characters. Please shorten the text.",
    stale="This page was open for a very long time. Please check your answer and send it again. Nothing has been "
    "written down yet.",
    used="You have sent this form before. If you want to change your answer, please check it and send it again. "
    "Nothing has been changed yet.",
    often="You have changed your answer very often. This change has not been written down; please try again in "
    "{minutes} minutes or call us.",
    not_saved="Your answer could not be written down.",
    not_saved_how="We cannot reach our list at the moment. What you typed is still in the form: please send it again "
    "in a few minutes.",
    not_saved_call="If it is urgent, please answer by phone or e-mail; you find both in your invitation.",
    not_saved_below="If it is urgent, please answer by phone or e-mail; see the end of this page.",
    away="This page cannot be reached at the moment",
    away_how="Please load the page again in a few minutes. If it is urgent, please answer by phone or e-mail; you find "
    "both in your invitation.",
    late="The time for answers is over.",
    late_how="You cannot change your answer on this page any more. Are you coming after all, or not? Please call us or "
    "write to us.",
    over="This event is over.",
    over_how="We take no more answers. If you have a question, please contact us.",
    called_off="This event has been called off.",
    called_off_how="You need not do anything. If you have a question, please contact us.",
    uninvited="This invitation is no longer valid.",
    uninvited_how="Please call us or write to us if you have a question about it.",
    unknown="This page does not exist",
    unknown_how="Please check whether the link is complete, or open it from the last e-mail you have from us. You can "
    "also answer by phone or e-mail; you find both in your invitation.",
    slow="Please wait a moment",
    slow_how="There were very many requests from your connection. Please load the page again in {seconds} seconds.",
    too_big="That was too much text",
    too_big_how="Your answer has not been written down. Please go back and shorten it.",
    questions="Questions? This is how you reach us:",
    phone="Phone",
    mail="E-mail",
    privacy="Only the people who prepare this event see what you write.",
)

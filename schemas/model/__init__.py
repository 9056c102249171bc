"""How a table is declared: once, as a typed record whose fields carry their NocoDB column."""

from schemas.model.base import Base
from schemas.model.columns import (
    Checkbox,
    Choice,
    Column,
    Date,
    DateTime,
    Decimal,
    Email,
    Formula,
    Integer,
    Link,
    LongText,
    MultiSelect,
    Phone,
    SingleSelect,
    Text,
    Url,
    Value,
)
from schemas.model.table import Record, Table, column, declare
from schemas.model.views import Filter, Sort, View, ViewKind

__all__ = [
    "Base",
    "Checkbox",
    "Choice",
    "Column",
    "Date",
    "DateTime",
    "Decimal",
    "Email",
    "Filter",
    "Formula",
    "Integer",
    "Link",
    "LongText",
    "MultiSelect",
    "Phone",
    "Record",
    "SingleSelect",
    "Sort",
    "Table",
    "Text",
    "Url",
    "Value",
    "View",
    "ViewKind",
    "column",
    "declare",
]

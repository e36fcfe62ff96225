# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The card of a person, a mailshare or a contact, and what the server makes of one (contract 5.3)."""

from __future__ import annotations

from .errors import ServerFault, dereferenced
from .model import DATE, FLAG, TEXT, Choice, Field, Kind, Listing, Record

PARAMETERS = Listing(Record({"label": TEXT, "value": TEXT}))


def texts(*names: str) -> dict:
    return {"parameters": PARAMETERS} | dict.fromkeys(names, TEXT)


VALUE = Record(texts("value"))
COMMUNICATIONS = {
    "tels": Listing(Record(texts("value", "ext"))),
    "emails": Listing(VALUE),
    "impps": Listing(VALUE),
    "langs": Listing(VALUE),
}
VCARD = Record(
    {
        "kind": Choice("group", "individual", "location", "org", default="individual"),
        "source": TEXT,
        "identification": Record(
            {
                "formatedName": VALUE,
                "name": Record(texts("value", "familyNames", "givenNames", "additionalNames", "prefixes", "suffixes")),
                "nickname": VALUE,
                "photo": FLAG,
                "photoBinary": TEXT,
                "birthday": DATE,
                "anniversary": DATE,
                "gender": Record(texts("value", "text")),
            }
        ),
        "deliveryAddressing": Listing(
            Record(
                {
                    "address": Record(
                        texts(
                            *("value", "postOfficeBox", "extentedAddress", "streetAddress"),
                            *("locality", "region", "postalCode", "countryName"),
                        )
                    )
                }
            )
        ),
        "communications": Record(COMMUNICATIONS),
        "organizational": Record(
            {
                "title": TEXT,
                "role": TEXT,
                "org": Record({"company": TEXT, "division": TEXT, "department": TEXT}),
                "member": Listing(Kind()),
            }
        ),
        "explanatory": Record({"urls": Listing(VALUE), "categories": Listing(Kind()), "note": TEXT}),
        "security": Record({"key": Field(VALUE, until=49), "keys": Field(Listing(VALUE), since=50)}),
        "related": Record({"spouse": TEXT, "manager": TEXT, "assistant": TEXT}),
    }
)


def check_references(card: dict | None) -> None:
    """What the sanitizers dereference without looking (contract 1.7, point 7)."""
    if card is None:
        raise dereferenced("contactInfos")
    if card["communications"] is None:
        raise dereferenced("this.communications")
    for name in COMMUNICATIONS:
        if card["communications"][name] is None:
            raise dereferenced(f"this.communications.{name}")
    if card["identification"] is None or card["identification"]["name"] is None:
        raise dereferenced("this.identification.name")


def complete(card: dict, fallback: str | None = None) -> dict:
    """As it is read back: names trimmed, nulls gone, the shown name made where there was none."""
    card = VCARD.filled(card)
    name = card["identification"]["name"]
    for part in ("familyNames", "givenNames", "additionalNames", "prefixes", "suffixes"):
        if name[part] is not None:
            name[part] = name[part].strip()
    shown = card["identification"]["formatedName"]
    if not (shown["value"] or "").strip():
        parts = (name["givenNames"], name["additionalNames"], name["familyNames"])
        shown["value"] = " ".join(part for part in parts if part) or fallback
    else:
        shown["value"] = shown["value"].strip()
    return card


def demand_family_name(card: dict, message: str) -> None:
    if not (card["identification"]["name"]["familyNames"] or "").strip():
        raise ServerFault("EMPTY_LASTNAME", message)


def shown_name(card: dict) -> str | None:
    return card["identification"]["formatedName"]["value"]


def addresses(emails: list[dict], aliases: list[str]) -> list[dict]:
    """The addresses of an entry as its card shows them: internal ones left out, `allAliases` ones for each alias."""
    found: dict[str, bool] = {}
    for email in emails:
        local, _unused, domain = email["address"].partition("@")
        for place in dict.fromkeys([domain, *aliases]) if email["allAliases"] else [domain]:
            if not place.endswith(".internal"):
                found.setdefault(f"{local}@{place}", email["isDefault"] and place == domain)
    return [address(value, default) for value, default in found.items()]


def address(value: str, default: bool) -> dict:
    parameters = {"DEFAULT": str(default).lower(), "SYSTEM": "false", "TYPE": "work"}
    return {"parameters": [{"label": label, "value": text} for label, text in parameters.items()], "value": value}

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Texts in other languages than English; a text without a translation stays English, as on the real server."""

from __future__ import annotations

FRENCH = {
    "Logged in account must be an admin": "Le compte connecté doit être un administrateur",
    "Logged in account must be an admin, a sub admin or gotten special right to access this setting": (
        "Le compte connecté doit être un administrateur, un sous-administrateur ou se voir accorder des droits spéciaux pour accéder à ce"
        " réglage"
    ),
    "Logged in account must be an administrator or have authorization to edit this setting.": (
        "Le compte connecté doit être un administrateur ou avoir l'autorisation de modifier ce paramètre."
    ),
    "User already exists": "L'utilisateur existe déjà",
    "Insufficient privileges for group %s": "Privilèges insuffisants pour le groupe %s",
    "No group specified (required for sub-admins)": "Aucun groupe spécifié (requis pour les sous-administrateurs)",
    "No permissions to promote sub-admins": "Aucune autorisation pour promouvoir des sous-administrateurs",
    "Cannot remove yourself from this group as you are a sub-admin": (
        "Impossible de vous retirer de ce groupe car vous êtes un sous-administrateur"
    ),
    "Not viable to remove user from the last group you are sub-admin of": (
        "Il n'est pas possible de supprimer un utilisateur du dernier groupe dont vous êtes sous-administrateur"
    ),
}

GERMAN = {"User already exists": "Benutzer existiert bereits"}

CATALOGUES = {"fr": FRENCH, "de": GERMAN, "de_DE": GERMAN}

#: Codes that the server accepts as an account's language (contract 3.3).
_LANGUAGES = """
ar ast bg br ca cs da de de_DE el en en_GB eo es es_AR es_CL es_CO es_CR es_DO es_EC es_GT es_MX es_PE et_EE eu fa fi fr
ga gl he hr hu id is it ja ka ko lb lo lt_LT lv mk mn nb nl nn_NO oc pl pt_BR pt_PT ro ru sc sk sl sq sr sv sw th tr ug
uk uz vi zh_CN zh_HK zh_TW
"""
LANGUAGES = frozenset(_LANGUAGES.split())


def translate(language: str, text: str, *arguments: str) -> str:
    text = CATALOGUES.get(language, {}).get(text, text)
    for argument in arguments:
        text = text.replace("%s", argument, 1)
    return text


def from_accept_language(header: str) -> str | None:
    """The first language of the header that the server has."""
    for part in header.split(","):
        code = part.split(";")[0].strip().replace("-", "_")
        language, _unused, region = code.partition("_")
        for candidate in (f"{language.lower()}_{region.upper()}", language.lower()):
            if candidate in LANGUAGES:
                return candidate
    return None


def acting_language(call) -> str:
    """The language of messages: forced, of the acting account, of the request, of the server (contract 8, point 13)."""
    forced = call.parameter("forceLanguage")
    if forced in LANGUAGES:
        return forced
    if call.knobs.force_language:
        return call.knobs.force_language
    if call.account and call.account.language:
        return call.account.language
    return from_accept_language(call.headers.get("accept-language", "")) or call.knobs.default_language


def shown_language(call, account) -> str:
    """What a user object says; `forceLanguage` leaks into it for an account that has no language."""
    if call.knobs.force_language:
        return call.knobs.force_language
    if account.language:
        return account.language
    if forced := call.parameter("forceLanguage"):
        return forced
    if call.account is account:
        return from_accept_language(call.headers.get("accept-language", "")) or call.knobs.default_language
    return call.knobs.default_language

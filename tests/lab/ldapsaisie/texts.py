# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the server says, in its two languages (contract 1.4, 5). English texts are the keys."""

from __future__ import annotations

INSTALLED = ("fr_FR", "en_US")

PAGE_NOT_FOUND = "The requested page was not found."
AUTHENTICATION_REQUIRED = "LdapSaisie - Authentication required"
FATAL = "A fatal error occured. If problem persist, please contact support."
MANDATORY = "Mandatory field"
INVALID = "Invalid value"
MAIL_SENT = "Notice mail sent."
ADDED = "Object has been added."
MODIFIED = "The object has been modified successfully."
PARTIALLY = "The object has been partially modified."
DELETED = "%s has been successfully deleted."
MEMBERS_CACHE = "Members cache of %s dynamic group(s) have been updated because thes were potentially impacted by your changes."
NOT_VALID = "The attribute %s is not valid."
EXISTS = "An object already exist on LDAP server with DN %s."
BAD_FORM = "Error validating creation form."
BAD_UPDATE = "Error validating modification form."

CODED = {
    "LSauth_01": "LSauth : Login or password incorrect.",
    "LSauth_02": "LSauth : Impossible to identify you : Duplication of identities.",
    "LSauth_08": "LSauth : The method %s can not serve the API.",
    "LSsession_04": "LSsession : Failed to load LSobject type '%s' : unknon type.",
    "LSsession_09": "LSsession : Can't connect to LDAP server.",
    "LSsession_10": "LSsession : Impossible to authenticate you.",
    "LSsession_11": "LSsession : Your are not authorized to do this action.",
    "LSsession_16": "LSsession : No import/export format define for this object type.",
    "LSsearch_02": "LSsearch : Invalid basedn : %s.",
    "LSsearch_03": "LSsearch : Invalid value for %s parameter.",
    "LSsearch_05": "LSsearch : Invalid parameter %s. Must be an boolean.",
    "LSsearch_11": "LSsearch : Invalid attribute %s in parameters.",
    "LSsearch_17": "LSsearch : Invalid search pattern.",
    "LSattribute_06": "LSattribute : The value of the attribute %s can't be generated.",
    "LSform_07": "LSform : The data entry form %s doesn't exist.",
    "LSformElement_password_01": "LSformElement_password : There is no address to send the new password to.",
    "LSformElement_password_02": "LSformElement_password : Fail to send new password by email to %s.",
    "MAIL_00": "MAIL Error : %s",
    "MAIL_01": "MAIL : Error sending your email",
    "LSldap_01": "LSldap: Error during the LDAP server connection (%s).",
    "LSldap_02": "LSldap: Error during the LDAP search (%s).",
    "LSldap_05": "LSldap: Error while changing the LDAP entry (DN : %s).",
    "LSldap_06": "LSldap: Error while removing the empty attributes (DN : %s).",
    "LSldapObject_15": "LSldapObject : Error while deleting the object %s.",
    "LSio_03": "LSio: input/output format %s invalid.",
    "LSio_05": "LSio: Fail to load objects's data from input file.",
}

FRENCH = {
    PAGE_NOT_FOUND: "La page demandée est introuvable.",
    AUTHENTICATION_REQUIRED: "LdapSaisie - Authentification requise",
    FATAL: "Une erreur fatale est survenue. Si le problème persiste, merci de contacter le support.",
    MANDATORY: "Champ obligatoire",
    INVALID: "Valeur invalide",
    MAIL_SENT: "Le mail de notification a été envoyé.",
    ADDED: "L'objet a été ajouté.",
    MODIFIED: "L'objet a bien été modifié.",
    PARTIALLY: "L'objet a été partiellement modifié.",
    DELETED: "%s a bien été supprimé.",
    MEMBERS_CACHE: "Le cache des membres de %s groupe(s) dynamique(s) a été mis à jour.",
    NOT_VALID: "L'attribut %s n'est pas valide.",
    EXISTS: "Un objet existe déjà dans l'annuaire LDAP avec le DN %s.",
    BAD_FORM: "Erreur de validation du formulaire de création.",
    BAD_UPDATE: "Erreur de validation du formulaire de modification.",
    CODED["LSauth_01"]: "LSauth : Identifiant ou mot de passe incorrects.",
    CODED["LSauth_02"]: "LSauth : Impossible de vous identifier : identités multiples.",
    CODED["LSsession_04"]: "LSsession : Impossible de charger le type d'LSobject '%s' : type inconnu.",
    CODED["LSsession_09"]: "LSsession : Impossible de se connecter au serveur LDAP.",
    CODED["LSsession_10"]: "LSsession : Impossible de vous identifier.",
    CODED["LSsession_11"]: "LSsession : Vous n'êtes pas autorisé à faire cette action.",
    CODED["LSsession_16"]: "LSsession : Aucun format d'import/export pour ce type d'objet.",
    CODED["LSsearch_03"]: "LSsearch : Valeur invalide pour le paramètre %s.",
    CODED["LSsearch_11"]: "LSsearch : Attribut %s invalide dans les paramètres.",
    CODED["LSsearch_17"]: "LSsearch : Mot clé de recherche invalide.",
    CODED["LSattribute_06"]: "LSattribute : La valeur de l'attribut %s ne peut pas être générée.",
    CODED["LSform_07"]: "LSform : Le masque de saisie %s n'existe pas.",
    CODED["LSldap_01"]: "LSldap: Erreur durant la connexion au serveur LDAP (%s).",
    CODED["LSldap_05"]: "LSldap: Erreur durant la modification de l'entrée LDAP (DN : %s).",
    "Always (disable account)": "Toujours (compte désactivé)",
    "This identifier is already used.": "Cet identifiant est déjà utilisé.",
    "Given email address is invalid.": "L'adresse e-mail entrée est invalide.",
    "Identifier": "Identifiant",
    "First Name": "Prénom",
    "Last Name": "Nom",
    "Full Name": "Nom complet",
    "E-mail address": "Adresse e-mail",
    "Password": "Mot de passe",
    "Main group": "Groupe principal",
    "Name": "Nom",
    "Mr": "M.",
    "Mrs": "Mme",
    "Regular user account": "Compte utilisateur normal",
    "Company": "Société",
}


def say(lang: str, text: str, *values) -> str:
    """A text in a language; unknown ones are English (contract 1.4)."""
    translated = FRENCH.get(text, text) if lang == "fr_FR" else text
    return translated % values if values else translated


def coded(lang: str, code: str, *values) -> str:
    return f"(Code {code}) {say(lang, CODED[code], *values)}"

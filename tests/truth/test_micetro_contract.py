# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules of the Micetro contract that no exchange covers, each with its section."""

from __future__ import annotations

import socket
import urllib.parse

import pytest
import requests
from ansible_collections.workplace.onboarding.tests.lab import Lab

PASSWORD = "Str0ng-pass-word"
BASE = "/mmws/api/v2"


class Client:
    def __init__(self, lab: Lab):
        self.lab = lab
        self.server = lab.micetro
        self.http = requests.Session()
        self.http.trust_env = False
        self.http.auth = (self.server.username, self.server.password)

    def call(self, method: str, path: str, body=None, base: str = BASE, **options) -> requests.Response:
        return self.http.request(method, f"{self.server.url}{base}/{path}", json=body, timeout=10, **options)

    def result(self, method: str, path: str, body=None, **options):
        answer = self.call(method, path, body, **options)
        assert answer.ok, (answer.status_code, answer.text)
        return answer.json()["result"] if answer.content else None

    def code(self, method: str, path: str, body=None, **options) -> int:
        """The code of a refusal; 0 for none."""
        answer = self.call(method, path, body, **options)
        return 0 if answer.ok else answer.json()["error"]["code"]

    def set(self, path: str, **properties) -> int:
        return self.code("PUT", path, {"properties": properties})

    def user(self, name: str = "ed") -> dict:
        return self.result("GET", f"users/{name}")["user"]

    def names(self, path: str, plural: str | None = None) -> list[str]:
        found = self.result("GET", path)
        return [entry["name"] for entry in found[plural or path.partition("?")[0].rpartition("/")[2]]]

    def add_user(self, name: str, **fields) -> requests.Response:
        return self.call("POST", "users", {"user": {"name": name, "password": PASSWORD, "authenticationType": "Internal"} | fields})


def filtered(path: str, text: str) -> str:
    return f"{path}?filter={urllib.parse.quote(text, safe='')}"


@pytest.fixture(scope="module")
def shared_lab():
    with Lab() as lab:
        yield lab


@pytest.fixture
def client(shared_lab):
    shared_lab.clock.reset()
    shared_lab.micetro.reset()
    shared_lab.micetro.seed(
        users=[{"name": "ed", "password": PASSWORD, "fullName": "Ed Example", "email": "ed@example.org", "description": "Ops"}],
        groups=["staff", "it"],
        roles=["helpers"],
        dns_servers=[{"name": "ns1.example.net.", "views": ["", "internal"]}],
        zones=[{"name": "example.net."}, {"name": "17.16.172.in-addr.arpa."}],
        ranges=["172.16.0.0/12", "172.16.17.0/24", "172.16.17.64/26", "172.16.12.0/24"],
        dhcp_servers=[
            {"name": "isc.example.net."},
            {"name": "ms.example.net.", "type": "MSDHCP"},
            {"name": "kea.example.net.", "type": "Kea"},
        ],
        scopes=[{"name": "lab", "range": "172.16.12.0/24", "server": "isc.example.net.", "pools": [("172.16.12.1", "172.16.12.9")]}],
        definitions={"ipamRecords": ["Owner"]},
    )
    return Client(shared_lab)


# Transport (contract 1)


@pytest.mark.parametrize("path", ["USERS/ed", "Users/ed/", "users/ed", "users/users/ed", "users/Users/ED"])
def test_resource_names_and_doubled_references(client, path):
    assert client.result("GET", path)["user"]["name"] == "ed"


def test_oneself(client):
    """`.` is the caller; HTTP libraries make a list of it."""
    with socket.create_connection(client.server.url.removeprefix("http://").split(":")) as line:
        credentials = requests.auth._basic_auth_str("ed", PASSWORD)
        line.sendall(f"GET {BASE}/users/. HTTP/1.1\r\nHost: x\r\nAuthorization: {credentials}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    assert b'"user":{"ref"' in answer and b'"name":"ed"' in answer
    assert "users" in client.result("GET", "users/.")


def test_the_body_of_a_get_and_the_query_that_beats_it(client):
    assert client.names("users", "users")[-1] == "ed"
    body = {"filter": "name=ed"}
    assert [user["name"] for user in client.result("GET", "users", body)["users"]] == ["ed"]
    assert client.result("GET", filtered("users", "name=nobody"), body)["users"] == []


def test_objects_in_the_query(client):
    record = urllib.parse.quote('{"name":"www","type":"A","data":"172.16.17.1"}')
    ref = client.result("POST", f"dnsZones/example.net./dnsRecords?dnsRecord={record}")["ref"]
    client.result("PUT", f"{ref}?properties=" + urllib.parse.quote('{"data":"172.16.17.2"}'))
    assert client.result("GET", "dnsRecords/www.example.net.")["dnsRecord"]["data"] == "172.16.17.2"


def test_a_plus_is_no_space(client):
    client.server.seed(users=[{"name": "a b"}])
    assert client.names("users?filter=name%3D%22a%20b%22") == ["a b"]
    assert client.names("users?filter=name%3D%22a+b%22") == []
    client.server.knobs.plus_is_space = True
    assert client.names("users?filter=name%3D%22a+b%22") == ["a b"]


def test_names_in_paths_are_decoded(client):
    client.server.seed(users=["CORP\\jané", "a/b"])
    assert client.user(urllib.parse.quote("CORP\\jané"))["name"] == "CORP\\jané"
    assert client.user("a%2Fb")["name"] == "a/b"
    client.server.knobs.slash_in_names = False
    assert client.code("GET", "users/a%2Fb") == 16386


def test_no_content_and_kept_connections(client):
    answer = client.call("PUT", "users/ed", {"properties": {"description": "x"}})
    assert (answer.status_code, answer.content, answer.headers.get("content-type")) == (204, b"", None)
    assert "content-length" not in answer.headers
    client.user()
    assert len({entry.connection for entry in client.server.log}) == 1


def test_bodies_that_are_no_json(client):
    assert client.code("POST", "users", data=b"{", headers={"Content-Type": "application/json"}) == 16384
    body = '{"user":{"name":"jané","password":"Str0ng-pass-word","authenticationType":"Internal"}}'.encode()
    client.server.knobs.latin1_without_charset = True
    assert client.call("POST", "users", data=body, headers={"Content-Type": "application/json"}).status_code == 201
    assert "janÃ©" in client.names("users")


def test_pretty_and_bare_answers(client):
    assert "\n  " in client.call("GET", "users/ed?pretty=true").text
    client.server.knobs.envelope = False
    assert client.call("GET", "users/ed").json()["user"]["name"] == "ed"
    assert client.call("GET", "users/nobody").json()["error"]["code"] == 2049


def test_errors_are_json_for_xml_clients_too(client):
    answer = client.call("GET", "users/nobody", headers={"Accept": "application/xml"})
    assert (answer.json()["error"]["code"], answer.status_code) == (2049, 400)
    assert client.call("GET", "users/ed", headers={"Accept": "application/xml"}).text.startswith("<?xml")


def test_outside_of_the_api(client):
    for base in ("", "/mmws/api", "/other"):
        answer = client.call("GET", "users", base=base)
        assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert client.code("PATCH", "users/ed", {}) == 16385
    assert client.call("PATCH", "users/ed", {}).status_code == 405


# Credentials (contract 2)


def test_sessions_end_by_idleness_only(client):
    login = {"loginName": "ed", "password": PASSWORD}
    token = client.result("POST", "micetro/sessions", login, auth=lambda request: request)["session"]
    client.http.auth = None
    client.http.headers["Authorization"] = f"Bearer {token}"
    client.lab.clock.advance(599)
    assert client.user("ed")["lastLogin"] != ""
    client.lab.clock.advance(599)
    assert client.code("GET", "users/ed") == 0
    client.lab.clock.advance(601)
    answer = client.call("GET", "users/ed")
    assert (answer.status_code, answer.json()["error"]) == (401, {"code": 5002, "message": "Missing Session ID."})
    del client.http.headers["Authorization"]
    assert client.code("DELETE", "micetro/sessions", auth=(client.server.username, client.server.password)) == 16385


def test_the_session_cap(client):
    client.server.knobs.session_cap = 2
    login = {"loginName": "ed", "password": PASSWORD}
    assert [client.call("POST", "micetro/sessions", login).status_code for _unused in range(3)] == [201, 201, 400]
    assert client.call("POST", "micetro/sessions", login).json()["error"]["message"] == "Too many open connections"
    assert client.user("ed")["name"] == "ed"
    client.lab.clock.advance(601)
    assert client.call("POST", "micetro/sessions", login).status_code == 201


def test_expired_sessions_by_a_fault(client):
    client.server.seed(sessions={"t": "administrator"})
    client.http.auth = None
    client.http.headers["Authorization"] = "Bearer t"
    client.server.fault("expire", skip=1)
    assert [client.call("GET", "users").status_code for _unused in range(3)] == [200, 401, 401]


def test_basic_can_be_off(client):
    client.server.knobs.basic_auth = False
    assert client.call("GET", "users").json()["error"]["message"] == "Missing Session ID."
    login = {"loginName": "ed", "password": PASSWORD}
    assert client.call("POST", "micetro/sessions", login, auth=lambda request: request).status_code == 201


@pytest.mark.parametrize("header", ["", "Negotiate abc", "Basic !!!", "Bearer ", "nonsense"])
def test_headers_that_count_as_none(client, header):
    answer = client.call("GET", "users", auth=lambda request: request, headers={"Authorization": header})
    assert (answer.status_code, answer.json()["error"]["message"]) == (401, "Missing Session ID.")


def test_arguments_as_credentials(client):
    client.http.auth = lambda request: request
    assert client.code("GET", f"users/ed?loginName=ed&password={PASSWORD}") == 0
    client.server.seed(sessions={"t": "ed"})
    assert client.code("GET", "users/ed?session=t") == 0


def test_failed_logins_are_in_the_log(client):
    client.call("GET", "users", auth=("ed", "wrong"))
    client.call("POST", "micetro/sessions", {"loginName": "ed", "password": "wrong"}, auth=lambda request: request)
    client.call("GET", "users", auth=("nobody", PASSWORD))
    client.call("GET", "users/ed", auth=("ed", PASSWORD))
    entries = list(client.server.log)
    assert [(entry.login, entry.auth, entry.status) for entry in entries] == [(False, "password", 401)] * 3 + [(True, "password", 200)]
    assert [entry.code for entry in entries[:3]] == [5001] * 3
    assert client.server.writes() == []


def test_anybody_may_list_address_spaces(client):
    client.server.seed(users=[{"name": "nothing", "password": PASSWORD}])
    auth = ("nothing", PASSWORD)
    assert client.code("GET", "addressSpaces?limit=1", auth=auth) == 0
    assert client.code("GET", "dnsZones", auth=auth) == 1028


def test_the_version_probe_needs_nobody(client):
    client.server.knobs.version = "11.1.2"
    answer = requests.get(client.server.url + BASE + "/command/web_getPreLoginInfo", headers={"Authorization": ""}, timeout=10)
    assert answer.json()["result"]["centralVersion"] == "11.1.2"
    assert client.result("GET", "micetro")["systemInfo"]
    assert client.code("GET", "micetro", auth=client.server.viewer) == 1028


# References (contract 4)


def test_an_ambiguous_name(client):
    client.server.seed(zones=[{"name": "example.net.", "view": "internal"}])
    assert client.code("GET", "dnsZones/example.net.") == 2050
    inner = client.result("GET", "dnsZones/" + urllib.parse.quote("ns1.example.net.:internal:example.net."))["dnsZone"]
    outer = client.result("GET", "dnsZones/" + urllib.parse.quote("ns1.example.net.::example.net."))["dnsZone"]
    assert inner["ref"] != outer["ref"]
    assert len(client.names(filtered("dnsZones", "name=example.net."))) == 2


def test_absent_and_forbidden_differ_by_code_only(client):
    answers = [client.call("GET", path, auth=client.server.viewer) for path in ("users/ed", "dnsZones/nope.")]
    assert [(answer.status_code, answer.json()["error"]["code"]) for answer in answers] == [(400, 1028), (400, 2049)]
    answer = client.call("GET", "dnsRecords/999")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, 16544)
    client.server.change_knobs({"not_found_status": 404, "no_access_status": 403, "record_not_found_status": 400})
    statuses = [client.call("GET", path, auth=client.server.viewer).status_code for path in ("users/ed", "dnsZones/nope.", "dnsRecords/9")]
    assert statuses == [403, 404, 400]


def test_a_reference_of_another_type(client):
    assert client.code("GET", "users/groups/1") == 2049


def test_the_reference_in_the_body_wins(client):
    client.server.seed(users=["other"])
    ref = client.user("other")["ref"]
    assert client.code("PUT", "users/ed", {"ref": ref, "properties": {"description": "hit"}}) == 0
    assert (client.user("ed")["description"], client.user("other")["description"]) == ("Ops", "hit")


def test_inner_objects_are_singular(client):
    groups = client.user()["groups"]
    assert groups == [{"ref": "groups/1", "objType": "Group", "name": "All users"}]


# Listings (contract 5)


@pytest.fixture
def crowd(client):
    client.server.seed(
        remove_users=["administrator", "deputy", "viewer"],
        users=[
            {"name": "ana", "fullName": "Ana Ames", "email": "ana@example.org", "description": "two words", "roles": ["helpers"]},
            {"name": "bob", "fullName": "Bob Best", "email": "bob@example.com", "groups": ["staff"]},
            {"name": "cyd", "fullName": "Cyd Ames", "email": "", "groups": ["staff", "it"]},
        ],
    )
    client.server.seed(users=[{"name": "administrator", "password": client.server.password}])
    return client


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("name=ana", "ana"),
        ("name=ANA", "ana"),
        ("NAME=ana", "ana"),
        ("name!=ana", "ed bob cyd administrator"),
        ("name=^b", "bob"),
        ("name=^d", ""),
        ("fullName=$ames", "ana cyd"),
        ("fullName=ames$", "ana cyd"),
        ("email=@example", "ed ana bob"),
        ('description="two words"', "ana"),
        ('description=^"two w"', "ana"),
        ("name=ana or name=bob", "ana bob"),
        ("name=ana | name=bob", "ana bob"),
        ("name=ana OR name=bob", "ana bob"),
        ("fullName=$ames and name=cyd", "cyd"),
        ("fullName=$ames & name=cyd", "cyd"),
        ("fullName=$ames&name=cyd", "cyd"),
        ("fullName=$ames name=cyd", "cyd"),
        ("fullName=$ames and !name=cyd", "ana"),
        ("(name=ana or name=bob) and email=@org", "ana"),
        ("name=ana or name=bob and email=@nothing", "ana"),
        ("!(name=ana or name=bob)", "ed cyd administrator"),
        ("example.com", "bob"),
        ("email=", "cyd administrator"),
        ("groups=staff", "bob cyd"),
        ("authenticationType=internal", "ed ana bob cyd administrator"),
        ("name=nobody", ""),
        ("name=R&D", ""),
        ("", "ed ana bob cyd administrator"),
    ],
)
def test_filters(crowd, text, found):
    answer = crowd.result("GET", filtered("users", text))
    assert ([user["name"] for user in answer["users"]], answer["totalResults"]) == (found.split(), len(found.split()))


@pytest.mark.parametrize("text", ["nothing=x", 'name="ana', "(name=ana", "name=ana)", "name=ana &", "password=x"])
def test_filters_that_are_refused(crowd, text):
    assert crowd.code("GET", filtered("users", text)) == 2051


def test_filters_of_custom_properties_and_tabs(client):
    client.server.seed(addresses=[{"address": "172.16.12.7", "custom": {"Owner": "bob"}}])
    found = client.result("GET", filtered("ranges/172.16.12.0%2F24/ipamRecords", "Owner=bob"))["ipamRecords"]
    assert [record["address"] for record in found] == ["172.16.12.7"]
    client.server.seed(records=[{"zone": "example.net.", "name": "", "type": "MX", "data": "10\tmail.example.net."}])
    records = filtered("dnsZones/example.net./dnsRecords", 'data="10\\tmail"')
    assert client.result("GET", records)["totalResults"] == 1


def test_filter_knobs(crowd):
    crowd.server.knobs.or_filters = False
    assert crowd.names(filtered("users", "name=ana or name=bob")) == []
    assert crowd.code("GET", filtered("users", "full=x")) == 2051
    crowd.server.knobs.partial_field_names = True
    assert crowd.code("GET", filtered("users", "full=x")) == 0


def test_a_bare_address_finds_ranges(client):
    names = client.names(filtered("ranges", "172.16.17.70"))
    assert sorted(names) == ["172.16.0.0/12", "172.16.17.0/24", "172.16.17.64/26"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sortBy=name&limit=2", "administrator ana"),
        ("sortBy=name&limit=2&offset=3", "cyd ed"),
        ("sortBy=name&sortOrder=Descending&limit=2", "ed cyd"),
        ("sortBy=name&sortOrder=descending&limit=1", "ed"),
        ("limit=0", "ed ana bob cyd administrator"),
        ("offset=9", ""),
        ("groupRef=groups/2", "bob cyd"),
        ("groupRef=staff&roleRef=helpers", ""),
        ("roleRef=helpers", "ana"),
    ],
)
def test_pages(crowd, query, found):
    assert crowd.names("users?" + query) == found.split()


def test_totals_are_before_paging(crowd):
    assert crowd.result("GET", "users?limit=1&offset=2")["totalResults"] == 5


def test_a_page_that_starts_at_an_object(crowd):
    ref = crowd.user("bob")["ref"]
    answer = crowd.result("GET", f"users?sortBy=name&limit=1&targetRef={ref}&offset=4")
    assert ([user["name"] for user in answer["users"]], answer["offset"]) == (["bob"], 2)
    answer = crowd.result("GET", "users?sortBy=name&limit=1&targetRef=users/999&offset=4")
    assert ([user["name"] for user in answer["users"]], "offset" in answer) == (["ed"], False)


@pytest.mark.parametrize("query", ["limit=-1", "limit=x", "offset=-1", "sortOrder=up", "sortBy=nothing", "groupRef=nope"])
def test_bad_arguments_of_listings(crowd, query):
    assert crowd.call("GET", "users?" + query).status_code == 400


def test_page_knobs(crowd):
    crowd.server.knobs.ignores_offset = True
    assert crowd.names("users?limit=1&offset=3") == ["ed"]
    crowd.server.knobs.default_limit = 2
    assert crowd.names("users") == ["ed", "ana"]
    crowd.server.change_knobs({"ignores_offset": False, "default_limit": None, "unstable_order": True})
    assert len({tuple(crowd.names("users")) for _unused in range(20)}) > 1
    assert len({tuple(crowd.names("users?sortBy=name")) for _unused in range(20)}) == 1


# Users, groups, roles (contract 6)


def test_a_creation_without_memberships(client):
    answer = client.add_user("zoe", groups=[{"ref": "groups/2"}], roles=[{"name": "helpers"}], description=None)
    assert answer.status_code == 201
    zoe = client.user("zoe")
    assert ([group["name"] for group in zoe["groups"]], zoe["roles"], zoe["description"]) == (["All users"], [], "")
    assert "password" not in zoe and "externalID" not in zoe
    client.server.knobs.password_in_reads = True
    assert client.user("zoe")["password"] == ""


def test_inline_memberships_by_a_knob(client):
    client.server.knobs.inline_members = ["users", "groups", "roles"]
    client.add_user("zoe", groups=[{"ref": "groups/2"}], roles=[{"name": "helpers"}])
    zoe = client.user("zoe")
    assert [entry["name"] for entry in zoe["groups"] + zoe["roles"]] == ["All users", "staff", "helpers"]
    members = [{"ref": zoe["ref"]}]
    client.result("POST", "groups", {"group": {"name": "g", "groupMembers": members, "roles": [{"name": "helpers"}]}})
    client.result("POST", "roles", {"role": {"name": "r", "users": members, "groups": [{"name": "g"}]}})
    assert [entry["name"] for entry in client.user("zoe")["groupRoles"]] == ["helpers", "r"]
    assert [entry["name"] for entry in client.user("zoe")["roles"]] == ["helpers", "r"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": "ED"}, 1047),
        ({"name": ""}, 1051),
        ({"password": "short-one"}, 1052),
        ({"password": None}, 1051),
        ({"authenticationType": None}, 1051),
        ({"authenticationType": "Magic"}, 1050),
        ({"nickname": "Z"}, 1048),
        ({"fullName": ["x"]}, 1050),
        ({"password": None, "authenticationType": "AD", "externalID": "CN=Zoe"}, 0),
        ({"lastLogin": "ignored", "groupRoles": [], "ref": "users/9"}, 0),
    ],
)
def test_what_a_creation_refuses(client, change, code):
    body = {"user": {"name": "zoe", "password": PASSWORD, "authenticationType": "Internal"} | change}
    assert client.code("POST", "users", body) == code
    assert ("zoe" in client.names("users")) is (code == 0)


def test_the_password_policy(client):
    client.server.knobs.password_min_length = 4
    assert client.add_user("zoe", password="four").status_code == 201
    assert client.set("users/zoe", password="abc") == 1052
    assert client.set("users/zoe", password="abcd") == 0
    assert client.code("GET", "users/zoe", auth=("zoe", "abcd")) == 0


@pytest.mark.parametrize(
    ("properties", "code"),
    [
        ({"name": "ed"}, 0),
        ({"name": "Ed"}, 1049),
        ({"lastLogin": "now"}, 1049),
        ({"groups": []}, 1049),
        ({"roles": []}, 1049),
        ({"nickname": "x"}, 1048),
        ({"authenticationType": "Magic"}, 1050),
        ({"authenticationType": "RADIUS"}, 0),
        ({"description": "x", "nickname": "x"}, 1048),
    ],
)
def test_what_a_change_refuses(client, properties, code):
    assert client.set("users/ed", **properties) == code
    if code:
        assert client.user()["description"] == "Ops"


def test_a_change_touches_only_what_it_names(client):
    client.set("users/ed", fullName=None)
    assert (client.user()["fullName"], client.user()["email"]) == ("", "ed@example.org")
    body = {"properties": [{"name": "description", "value": "list form"}], "deleteUnspecified": True}
    assert client.code("PUT", "users/ed", body) == 0
    assert (client.user()["description"], client.user()["email"], client.user()["authenticationType"]) == ("list form", "", "Internal")


def test_many_objects_all_or_nothing(client):
    client.server.seed(users=["other"])
    refs = [client.user("ed")["ref"], client.user("other")["ref"], "users/999"]
    assert client.code("PUT", "users/ed", {"refs": refs, "properties": {"description": "x"}}) == 2049
    assert client.user("ed")["description"] == "Ops"


def test_memberships_both_ways(client):
    ed = client.user()["ref"]
    for path in (f"groups/staff/{ed}", f"{ed}/roles/helpers", "groups/it/roles/helpers", "groups/groups/3/users/ed"):
        assert client.code("PUT", path, {}) == 0
    assert client.names("groups/staff/users") == client.names("roles/helpers/users") == ["ed"]
    assert client.names("users/ed/groups") == ["All users", "staff", "it"]
    assert client.names("users/ed/roles") == client.names("groups/it/roles") == ["helpers"]
    assert client.names("roles/helpers/groups") == ["it"]
    assert client.names(f"groups?userRef={ed}") == ["All users", "staff", "it"]
    assert client.names("groups?roleRef=helpers") == ["it"]
    assert client.names(f"roles?userRef={ed}") == client.names("roles?groupRef=it") == ["helpers"]
    assert [role["name"] for role in client.user()["groupRoles"]] == ["helpers"]
    group = client.result("GET", "groups/staff")["group"]
    assert group["groupMembers"] == [{"ref": ed, "objType": "User", "name": "ed"}]
    role = client.result("GET", "roles/helpers")["role"]
    assert ([user["name"] for user in role["users"]], [entry["name"] for entry in role["groups"]]) == (["ed"], ["it"])
    for path in (f"groups/staff/{ed}", f"{ed}/roles/helpers", "groups/it/roles/helpers"):
        assert client.code("DELETE", path) == 0
    assert (client.names("groups/staff/users"), client.names("users/ed/roles"), client.names("roles/helpers/groups")) == ([], [], [])


@pytest.mark.parametrize("path", ["users/ed/groups/staff", "roles/helpers/users/ed", "roles/helpers/groups/it"])
def test_memberships_that_can_not_be_written(client, path):
    assert client.call("PUT", path, {}).status_code == client.call("DELETE", path).status_code == 404


def test_repeated_memberships(client):
    for knob, codes in ((False, [0, 0]), (True, [0, 1053])):
        client.server.knobs.repeated_member_fails = knob
        assert [client.code("PUT", "groups/staff/users/ed", {}) for _unused in range(2)] == codes
        client.call("DELETE", "groups/staff/users/ed")
    assert client.code("DELETE", "groups/staff/users/ed") == 1053
    client.server.knobs.missing_member_fails = False
    assert client.code("DELETE", "groups/staff/users/ed") == 0
    assert client.code("PUT", "groups/staff/users/nobody", {}) == 2049


def test_members_from_outside(client):
    client.server.seed(
        groups=[{"name": "directory", "adIntegrated": True, "members": ["ed"]}],
        users=[{"name": "outsider", "authenticationType": "External"}],
    )
    assert client.code("PUT", "groups/directory/users/ed", {}) == client.code("DELETE", "groups/directory/users/ed") == 1053
    assert client.code("PUT", "groups/staff/users/outsider", {}) == 1053


def test_what_is_built_in(client):
    admins = "roles/" + urllib.parse.quote("Administrators (built-in)")
    assert client.set(admins, description="x") == client.code("DELETE", admins) == 1028
    assert client.code("DELETE", "users/administrator") == client.code("DELETE", "groups/1") == 1028
    assert client.set("groups/1", name="Everyone") == 1028
    assert client.set("groups/1", description="x", name="All users") == 0
    assert client.set("users/administrator", description="x") == 0
    assert client.code("DELETE", "groups/1/users/ed") == 1028
    # It lets its last administrator go without a word.
    assert client.code("DELETE", f"users/administrator/{admins}") == 0
    assert client.code("DELETE", "users/ed") == 0


def test_groups_and_roles_can_be_renamed(client):
    assert client.set("groups/staff", name="IT") == 1047
    assert client.set("groups/staff", name="Staff") == 0
    assert client.set("roles/helpers", name="Helpers", builtIn=False) == 0
    assert client.set("roles/helpers", builtIn=True) == 1049
    assert client.names("groups") == ["All users", "Staff", "it"]


def test_a_removed_group_takes_its_memberships_along(client):
    client.server.seed(users=[{"name": "ed", "groups": ["staff", "it"]}], groups=[{"name": "it", "roles": ["helpers"]}])
    assert client.code("DELETE", "groups/it") == 0
    assert ([group["name"] for group in client.user()["groups"]], client.user()["groupRoles"]) == (["All users", "staff"], [])


def test_access_of_a_role(client):
    access = [{"objType": "DNSZone", "accessEntries": [{"name": "access_list", "access": "Allow"}]}]
    ref = client.result("POST", "roles", {"role": {"name": "r", "type": "Specific", "access": access}})["ref"]
    assert client.result("GET", ref)["role"]["access"] == [access[0] | {"general": False}]
    wrong = [{"objType": "DNSZone", "accessEntries": [{"name": "access_list", "access": "Maybe"}]}]
    assert client.set(ref, access=wrong) == 1050
    assert client.set(ref, access=[], type="General") == 0
    assert client.result("GET", ref)["role"]["access"] == []
    assert client.set(ref, type="Odd") == 1050


# Rights (contract 6.1 and 7)


def restricted(client, access: dict, **more) -> Client:
    client.server.seed(
        roles=[{"name": "narrow", "access": access} | more], users=[{"name": "narrow", "password": PASSWORD, "roles": ["narrow"]}]
    )
    other = Client(client.lab)
    other.http.auth = ("narrow", PASSWORD)
    return other


def test_user_administrators_and_nobody_else(client):
    deputy = Client(client.lab)
    deputy.http.auth = client.server.delegated
    assert deputy.add_user("zoe").status_code == 201
    assert deputy.code("PUT", "groups/staff/users/zoe", {}) == 0
    assert deputy.code("GET", "dnsZones") == 1028
    viewer = Client(client.lab)
    viewer.http.auth = client.server.viewer
    for path in ("users", "groups", "roles", "users/ed", "groups/staff/users"):
        assert viewer.code("GET", path) == 1028
    assert viewer.user("viewer")["name"] == "viewer"
    assert viewer.set("users/viewer", description="x") == viewer.code("PUT", "users/viewer/roles/1", {}) == 1028
    client.server.knobs.list_needs_user_admin = False
    assert "ed" in viewer.names("users")
    assert viewer.set("users/ed", description="x") == 1028


def test_rights_through_a_group(client):
    client.server.seed(groups=[{"name": "it", "roles": ["User Administrators (built-in)"]}], users=[{"name": "ed", "groups": ["it"]}])
    assert client.code("GET", "users", auth=("ed", PASSWORD)) == 0


def test_list_edit_delete(client):
    reader = restricted(client, {"DNSZone": {"access_list": "Allow"}})
    assert reader.code("GET", "dnsZones/1/dnsRecords") == 0
    record = {"dnsRecord": {"name": "a", "type": "A", "data": "172.16.17.1"}}
    assert reader.code("POST", "dnsZones/1/dnsRecords", record) == reader.set("dnsZones/1", type="Hint") == 1028
    assert reader.result("POST", "dnsRecords", {"dnsRecords": [record["dnsRecord"]], "dnsZoneRef": "dnsZones/1"}) == {
        "objRefs": ["unknown/0"],
        "errors": ["You do not have access to perform that action."],
    }
    editor = restricted(client, {"DNSZone": {"access_list": "Allow", "access_editOther": "Allow"}})
    assert editor.code("POST", "dnsZones/1/dnsRecords", record) == 0
    assert editor.code("DELETE", "dnsZones/1") == 1028
    remover = restricted(client, {"DNSZone": {"access_list": "Allow", "access_delete": "Allow"}})
    assert remover.code("DELETE", "dnsZones/1") == 0


def test_a_deny_beats_every_allow(client):
    narrow = restricted(client, {"DNSZone": {"access_list": "Allow"}})
    client.server.seed(roles=[{"name": "against", "access": {"DNSZone": {"access_list": "Deny"}}}])
    assert narrow.names("dnsZones") != []
    client.server.seed(users=[{"name": "narrow", "roles": ["narrow", "against"]}])
    assert narrow.code("GET", "dnsZones") == 1028
    client.server.seed(roles=[{"name": "against", "access": {"DNSZone": {"access_list": "Unspecified"}}}])
    assert narrow.code("GET", "dnsZones") == 0


def test_a_specific_role_counts_where_it_was_added(client):
    narrow = restricted(client, {"DNSZone": {"access_list": "Allow", "access_editOther": "Allow"}}, type="Specific")
    assert narrow.code("GET", "dnsZones") == narrow.code("GET", "dnsZones/1") == 1028
    role = client.result("GET", "roles/narrow")["role"]["ref"]
    for _again in range(2):
        assert client.code("PUT", "dnsZones/1/access", {"addRoles": [role], "saveComment": "x"}) == 0
    assert narrow.names("dnsZones") == ["example.net."]
    assert narrow.code("GET", "dnsZones/2") == 1028
    identity = client.result("GET", f"dnsZones/1/access?excludeBuiltinIdentities=true&identityRef={role}")["objectAccess"]["identityAccess"]
    assert [(entry["identityName"], entry["general"], entry["inherited"]) for entry in identity] == [("narrow", False, False)]
    assert client.code("PUT", "dnsZones/1/access", {"removeRoles": [role]}) == 0
    assert narrow.code("GET", "dnsZones") == 1028


def test_access_of_an_identity(client):
    ed = client.user()["ref"]
    bits = [{"name": "access_list", "access": "Allow"}]
    assert client.code("PUT", "dnsZones/1/access", {"identityAccess": [{"identityRef": ed, "accessEntries": bits}]}) == 0
    assert client.names("dnsZones") == ["example.net.", "17.16.172.in-addr.arpa."]
    client.http.auth = ("ed", PASSWORD)
    assert client.names("dnsZones") == ["example.net."]
    client.http.auth = (client.server.username, client.server.password)
    everybody = client.result("GET", "dnsZones/1/access")["objectAccess"]["identityAccess"]
    assert {entry["identityName"] for entry in everybody} >= {"ed", "DNS Viewers (built-in)"}
    assert client.code("PUT", "dnsZones/1/access", {"identityAccess": []}) == 0
    assert client.code("GET", "dnsZones", auth=("ed", PASSWORD)) == 1028


# History and property definitions (contract 7)


def test_history_carries_the_comment(client):
    client.call("PUT", "users/ed", {"properties": {"description": "x"}, "saveComment": "Managed by Ansible"})
    client.call("PUT", "groups/staff/users/ed", {"saveComment": "joined"})
    (event,) = client.result("GET", "users/ed/history")["events"]
    assert (event["eventType"], event["saveComment"], event["userClient"]) == ("Modification", "Managed by Ansible", "REST")
    assert (event["objRef"], event["objType"], event["username"]) == (client.user()["ref"], "User", "administrator")
    assert client.result("GET", "groups/staff/history")["events"][0]["saveComment"] == "joined"
    assert client.result("GET", "users/ed/history?eventType=Creation")["totalResults"] == 0
    assert client.result("GET", "users/ed/history?username=administrator&limit=1")["totalResults"] == 1


@pytest.mark.parametrize(
    ("kind", "sent", "read"),
    [
        ("String", "x", "x"),
        ("String", 5, "5"),
        ("Boolean", True, "1"),
        ("Boolean", False, "0"),
        ("Boolean", "true", "1"),
        ("Boolean", "maybe", None),
        ("Integer", 5, "5"),
        ("Integer", "five", None),
        ("IPAddress", "192.0.2.1", "192.0.2.1"),
        ("IPAddress", "nowhere", None),
        ("IPOrHostname", "host.example", "host.example"),
        ("HexStr", "0aF", "0aF"),
        ("HexStr", "xyz", None),
    ],
)
def test_custom_values_are_text(client, kind, sent, read):
    assert client.code("POST", "ipamRecords/1/propertyDefinitions", {"propertyDefinition": {"name": "P", "type": kind}}) == 0
    assert client.set("ipamRecords/172.16.12.5", P=sent) == (0 if read is not None else 1050)
    if read is not None:
        assert client.result("GET", "ipamRecords/172.16.12.5")["ipamRecord"]["customProperties"] == {"P": read}
        assert client.set("ipamRecords/172.16.12.5", P=None) == 0
        assert client.result("GET", "ipamRecords/172.16.12.5")["ipamRecord"]["customProperties"] == {}


def test_property_definitions(client):
    one = "dnsZones/1/propertyDefinitions"
    definition = {"name": "Site", "type": "String", "listItems": ["north", "south"], "defaultValue": "north", "cloudTags": []}
    assert client.call("POST", one, {"propertyDefinition": definition}).status_code == 201
    assert client.code("POST", one, {"propertyDefinition": definition}) == 1047
    assert client.result("GET", one + "/Site")["propertyDefinition"]["listItems"] == ["north", "south"]
    assert [entry["name"] for entry in client.result("GET", "dnsZones/anything/propertyDefinitions")["propertyDefinitions"]] == ["Site"]
    assert client.set("dnsZones/1", Site="west") == 1050
    assert client.set("dnsZones/1", Site="south") == 0
    assert client.code("PUT", one + "/Site", {"propertyDefinition": {"name": "Place", "type": "String"}}) == 0
    assert client.result("GET", "dnsZones/1")["dnsZone"]["customProperties"] == {"Place": "south"}
    assert client.set("dnsZones/1", Site="north") == 1048
    ref = client.result("POST", "dnsZones", {"dnsZone": {"name": "new.example.", "type": "Master"}})["ref"]
    assert client.result("GET", ref)["dnsZone"]["customProperties"] == {"Place": "north"}
    assert client.code("DELETE", one + "/Place") == 0
    assert client.result("GET", "dnsZones/1")["dnsZone"]["customProperties"] == {}
    assert client.code("DELETE", one + "/Place") == client.code("GET", one + "/Place") == 1048


def test_mandatory_and_read_only_properties(client):
    client.server.seed(
        definitions={"dnsZones": [{"name": "Need", "mandatory": True}, {"name": "Fixed", "readOnly": True}]},
    )
    zone = {"name": "new.example.", "type": "Primary"}
    assert client.code("POST", "dnsZones", {"dnsZone": zone}) == 1051
    assert client.code("POST", "dnsZones", {"dnsZone": zone | {"customProperties": {"Need": "x", "Fixed": "y"}}}) == 1049
    assert client.code("POST", "dnsZones", {"dnsZone": zone | {"customProperties": {"Need": "x", "Other": "y"}}}) == 1048
    assert client.code("POST", "dnsZones", {"dnsZone": zone | {"customProperties": {"Need": "x"}}}) == 0


def test_types_without_custom_properties(client):
    definition = {"propertyDefinition": {"name": "P", "type": "String"}}
    for collection in ("users", "groups", "roles", "folders", "dhcpScopes", "dhcpGroups", "dhcpAddressPools"):
        assert client.code("POST", f"{collection}/1/propertyDefinitions", definition) == 1050
    for collection in ("dnsRecords", "changeRequests", "ranges", "dhcpServers", "devices"):
        assert client.code("POST", f"{collection}/1/propertyDefinitions", definition) == 0
    for extra in ({"listItems": []}, {"cloudTags": []}):
        body = {"propertyDefinition": {"name": "Q", "type": "String"} | extra}
        assert client.code("POST", "ipamRecords/1/propertyDefinitions", body) == 1048
    assert client.code("POST", "devices/1/propertyDefinitions", {"propertyDefinition": {"name": "Q", "type": "Odd"}}) == 1050
    assert client.code("DELETE", "ranges/1/propertyDefinitions/Title") == 1028
    client.server.knobs.definition_status = 204
    assert client.call("POST", "devices/1/propertyDefinitions", {"propertyDefinition": {"name": "R", "type": "String"}}).status_code == 204


# DNS (contract 8)


def add_record(client, name: str, kind: str, data: str, zone: str = "dnsZones/1", **more) -> int:
    return client.code("POST", f"{zone}/dnsRecords", {"dnsRecord": {"name": name, "type": kind, "data": data} | more})


def records(client, query: str = "") -> list[tuple]:
    found = client.result("GET", f"dnsZones/1/dnsRecords{query}")["dnsRecords"]
    return [(record["name"], record["type"], record["data"], record["ttl"]) for record in found]


def test_records_are_relative_to_their_zone(client):
    assert add_record(client, "www.example.net.", "A", "172.16.17.1", ttl=300) == 0
    assert add_record(client, "alias", "CNAME", "www.example.net.") == 0
    assert add_record(client, "example.net.", "MX", "10\twww.example.net.") == 0
    assert records(client) == [("www", "A", "172.16.17.1", "300"), ("alias", "CNAME", "www", ""), ("", "MX", "10\twww", "")]
    client.server.knobs.relative_data = False
    assert records(client)[1] == ("alias", "CNAME", "www.example.net.", "")


@pytest.mark.parametrize(
    ("kind", "data", "code"),
    [
        ("A", "172.16.17.1", 0),
        ("A", "::1", 1050),
        ("AAAA", "2001:db8::1", 0),
        ("AAAA", "172.16.17.1", 1050),
        ("MX", "10\tmail", 0),
        ("MX", "10 mail", 1050),
        ("SRV", "0\t0\t389\tldap", 0),
        ("SRV", "0\t0\tldap", 1050),
        ("CAA", "0\tissue\tca.example", 0),
        ("TXT", "anything & more", 0),
        ("TXT", "", 1051),
        ("CNAME", "not a host", 1050),
        ("ODD", "x", 1050),
    ],
)
def test_record_data(client, kind, data, code):
    assert add_record(client, "host", kind, data) == code


def test_records_that_are_there_already(client):
    assert add_record(client, "www", "CNAME", "other") == 0
    assert add_record(client, "WWW", "CNAME", "other.example.net.") == 1047
    assert add_record(client, "www", "A", "172.16.17.1") == 1047
    body = {"dnsRecords": [{"name": "www", "type": "A", "data": "172.16.17.1"}], "dnsZoneRef": "dnsZones/1"}
    assert client.result("POST", "dnsRecords", body)["objRefs"] == ["unknown/0"]
    assert client.result("POST", "dnsRecords", body | {"forceOverrideOfNamingConflictCheck": True})["errors"] == []
    client.server.knobs.naming_conflict_check = False
    assert add_record(client, "www", "A", "172.16.17.2") == 0


def test_bulk_creation_keeps_what_is_good(client):
    client.server.seed(addresses=[{"address": "172.16.17.9", "claimed": True}])
    wanted = [
        {"name": "one", "type": "A", "data": "172.16.17.1"},
        {"name": "claimed", "type": "A", "data": "172.16.17.9"},
        {"name": "lost", "type": "A", "data": "172.16.17.3", "dnsZoneRef": "dnsZones/99"},
        {"name": "two", "type": "A", "data": "172.16.17.2", "dnsZoneRef": "dnsZones/2"},
        {"name": "odd", "type": "A"},
    ]
    answer = client.call("POST", "dnsRecords", {"dnsRecords": wanted, "dnsZoneRef": "dnsZones/1"})
    made = answer.json()["result"]
    assert answer.status_code == 201
    assert made["objRefs"] == ["dnsRecords/1", "unknown/0", "unknown/0", "dnsRecords/2", "unknown/0"]
    assert len(made["errors"]) == 3 and "claimed" in made["errors"][0]
    assert client.result("GET", "dnsRecords/2")["dnsRecord"]["dnsZoneRef"] == "dnsZones/2"


def test_changing_a_record(client):
    add_record(client, "www", "A", "172.16.17.1")
    assert client.set("dnsRecords/1", type="AAAA") == 1049
    assert client.set("dnsRecords/1", type="A", ttl="60", comment="c", enabled=False, name="web") == 0
    record = client.result("GET", "dnsRecords/1")["dnsRecord"]
    assert (record["name"], record["ttl"], record["comment"], record["enabled"]) == ("web", "60", "c", False)
    assert client.set("dnsRecords/1", data="nope") == client.set("dnsRecords/1", ttl="soon") == 1050
    assert client.set("dnsRecords/1", data="") == 1050
    client.server.knobs.record_refs_change = True
    assert client.set("dnsRecords/1", ttl="61") == 0
    assert client.code("GET", "dnsRecords/1") == 16544
    assert client.result("GET", "dnsRecords/web.example.net.")["dnsRecord"]["ref"] == "dnsRecords/2"


def test_related_records(client):
    add_record(client, "www", "A", "172.16.17.1")
    add_record(client, "alias", "CNAME", "www")
    add_record(client, "www", "TXT", "text")
    add_record(client, "1", "PTR", "www.example.net.", zone="dnsZones/2")
    related = client.result("GET", "dnsRecords/1/relatedDnsRecords")["dnsRecords"]
    assert {record["type"] for record in related} == {"CNAME", "TXT", "PTR"}
    host = client.result("GET", "ipamRecords/172.16.17.1")["ipamRecord"]
    assert (host["state"], host["ptrStatus"], host["dnsHosts"][0]["dnsRecord"]["name"]) == ("Assigned", "OK", "www")


def test_zones(client):
    zone = {"name": "new.example.", "type": "Master", "dnsViewRef": "dnsViews/2"}
    ref = client.result("POST", "dnsZones", {"dnsZone": zone, "saveComment": "x"})["ref"]
    made = client.result("GET", ref)["dnsZone"]
    assert (made["type"], made["dnsViewRef"], made["authority"]) == ("Primary", "dnsViews/2", "ns1.example.net.")
    assert client.names("dnsZones?dnsViewRef=dnsViews/2") == ["new.example."]
    assert len(client.names("dnsZones?dnsServerRef=ns1.example.net.")) == 3
    assert {record["type"] for record in client.result("GET", f"{ref}/dnsRecords")["dnsRecords"]} == {"SOA", "NS"}
    assert client.code("POST", "dnsZones", {"dnsZone": zone}) == 1047
    assert client.code("POST", "dnsZones", {"dnsZone": zone | {"dnsViewRef": "dnsViews/1"}}) == 0
    slave = {"name": "slave.example.", "type": "Slave"}
    assert client.code("POST", "dnsZones", {"dnsZone": slave}) == 1051
    assert client.code("POST", "dnsZones", {"dnsZone": slave, "masters": ["192.0.2.1"]}) == 0
    assert client.result("GET", "dnsZones/slave.example./options")["dnsZoneOptions"]["masters"] == ["192.0.2.1"]
    assert client.set(ref, dynamic=True) == client.set(ref, displayName="x") == client.set(ref, name="other.") == 1049
    client.server.knobs.old_zone_types = True
    assert client.result("GET", ref)["dnsZone"]["type"] == "Master"
    assert client.code("DELETE", ref) == 0
    wide = zone | {"name": "wide.example.", "dnsViewRef": "dnsViews/1"}
    made = client.result("POST", "dnsZones", {"dnsZone": wide, "secondaries": ["dnsViews/2"]})
    assert client.result("GET", made["secondaryZoneRefs"][0])["dnsZone"]["type"] == "Slave"
    assert client.code("PUT", "dnsServers/1/options", {"dnsServerOptions": {"forwarders": ["192.0.2.1"]}}) == 0
    assert client.result("GET", "dnsServers/1/options")["dnsServerOptions"] == {"serverType": "BIND", "forwarders": ["192.0.2.1"]}
    assert client.code("PUT", "dnsViews/1", {"properties": {}}) == client.code("DELETE", "dnsViews/1") == 16385
    assert client.names("dnsViews?dnsServerRef=ns1.example.net.") == ["", "internal"]


def test_records_that_are_not_available(client):
    client.server.seed(
        zones=[{"name": "broken.example.", "records_unavailable": True}],
        ranges=[{"name": "10.5.0.0/24", "addresses_unavailable": True}],
    )
    assert client.code("GET", "dnsZones/broken.example./dnsRecords") == 520
    assert client.code("GET", "ranges/10.5.0.0%2F24/ipamRecords") == 265


# Ranges and addresses (contract 9)


def free(client, query: str = "", range: str = "172.16.12.0%2F24") -> str:
    return client.result("GET", f"ranges/{range}/nextFreeAddress?{query}")["address"]


def test_a_temporary_claim_is_a_write_by_get(client):
    assert [free(client, "temporaryClaimTime=60") for _unused in range(2)] == ["172.16.12.1", "172.16.12.2"]
    assert free(client) == "172.16.12.3"
    held = client.result("GET", "ipamRecords/172.16.12.1")["ipamRecord"]
    assert (held["state"], held["holdInfo"]["username"]) == ("Held", "administrator")
    assert [(entry.method, entry.path.rpartition("/")[2]) for entry in client.server.writes()] == [("GET", "nextFreeAddress")] * 2
    client.lab.clock.advance(61)
    assert free(client) == "172.16.12.1"
    assert client.result("GET", "ipamRecords/172.16.12.1")["ipamRecord"]["state"] == "Free"


def test_what_is_not_free(client):
    client.server.seed(
        addresses=[{"address": "172.16.12.1", "claimed": True}],
        records=[{"zone": "example.net.", "name": "a", "type": "A", "data": "172.16.12.2"}],
        reservations=[{"scope": "lab", "addresses": ["172.16.12.3"]}],
        leases=[{"scope": "lab", "address": "172.16.12.4"}],
        holds=[{"address": "172.16.12.5"}],
        alive=["172.16.12.6", "172.16.12.10"],
    )
    assert free(client) == "172.16.12.6"
    assert free(client, "ping=true") == "172.16.12.7"
    assert free(client, "excludeDHCP=true") == "172.16.12.10"
    assert free(client, "excludeDHCP=1&ping=1") == "172.16.12.11"
    assert free(client, "startAddress=172.16.12.200") == "172.16.12.200"
    assert free(client, "random=true") != free(client, "random=true")
    assert client.code("GET", "ranges/172.16.12.0%2F24/nextFreeAddress?startAddress=10.0.0.1") == 1050
    assert client.code("GET", "ranges/172.16.12.0%2F24/nextFreeAddress?ping=perhaps") == 1050
    assert client.result("GET", "dhcpScopes/lab/nextFreeReservationAddress") == {"address": "172.16.12.10"}
    assert free(client, range="172.16.17.0%2F24", query="startAddress=172.16.17.63") == "172.16.17.63"
    assert free(client, range="172.16.17.0%2F24", query="startAddress=172.16.17.64") == "172.16.17.128"


def test_an_exhausted_range(client):
    client.server.seed(ranges=["10.9.0.0/30"], addresses=[{"address": f"10.9.0.{n}", "claimed": True} for n in (1, 2)])
    answer = client.call("GET", "ranges/10.9.0.0%2F30/nextFreeAddress")
    assert (answer.status_code, answer.content) == (204, b"")
    client.server.knobs.exhausted = "empty"
    answer = client.call("GET", "ranges/10.9.0.0%2F30/nextFreeAddress")
    assert (answer.status_code, "address" in answer.text) == (200, False)


def test_claims(client):
    assert client.set("ipamRecords/172.16.12.5", claimed=True, Owner="bob") == 0
    record = client.result("GET", "ipamRecords/172.16.12.5")["ipamRecord"]
    assert (record["state"], record["customProperties"], "ref" in record) == ("Claimed", {"Owner": "bob"}, False)
    assert client.set("ipamRecords/172.16.12.5", claimed=False) == 0
    assert client.result("GET", record["addrRef"])["ipamRecord"]["state"] == "Free"
    client.set("ipamRecords/172.16.12.5", claimed=True)
    assert client.code("DELETE", "ipamRecords/172.16.12.5") == 0
    record = client.result("GET", "ipamRecords/172.16.12.5")["ipamRecord"]
    assert (record["claimed"], record["customProperties"]) == (False, {})
    assert client.set("ipamRecords/172.16.12.5", Nothing="x") == 1048
    assert client.set("ipamRecords/172.16.12.5", state="Claimed") == 1049
    assert (client.code("POST", "ipamRecords", {}), client.code("POST", "ipamRecords/172.16.12.5", {})) == (16386, 16385)
    assert client.set("ipamRecords/192.0.2.1", claimed=True) == 2049


def test_somebody_elses_hold(client):
    client.server.seed(holds=[{"address": "172.16.12.5", "username": "ed"}, {"address": "172.16.12.6", "username": "administrator"}])
    assert client.set("ipamRecords/172.16.12.5", claimed=True) == 1054
    assert client.set("ipamRecords/172.16.12.6", claimed=True) == 0
    assert "172.16.12.6" not in client.server.store.holds


def test_the_required_range(client):
    path = "ipamRecords/172.16.12.5?requireRangeRef="
    assert client.code("GET", path + "ranges/4") == client.code("GET", path + "172.16.12.0/24") == 0
    assert client.code("GET", path + "172.16.17.0/24") == 1050
    assert client.code("PUT", path + "172.16.17.0/24", {"properties": {"claimed": True}}) == 1050


def test_addresses_of_a_range(client):
    client.server.seed(addresses=[{"address": "172.16.12.7", "claimed": True}])
    page = client.result("GET", "ranges/172.16.12.0%2F24/ipamRecords?offset=5&limit=3")
    assert ([record["address"] for record in page["ipamRecords"]], page["totalResults"]) == ([f"172.16.12.{n}" for n in (5, 6, 7)], 256)
    found = client.result("GET", filtered("ranges/172.16.12.0%2F24/ipamRecords", "state!=Free"))
    assert [record["address"] for record in found["ipamRecords"]] == ["172.16.12.7"]
    assert client.result("GET", "ipamRecords/172.16.17.70/range")["range"]["name"] == "172.16.17.64/26"


def test_ping(client):
    client.server.seed(alive=["172.16.12.5"])
    pinged = client.call("POST", "ipamRecords/172.16.12.5/ping")
    assert (pinged.status_code, pinged.json()["result"]["alive"]) == (201, True)
    assert client.result("GET", "ipamRecords/172.16.12.5")["ipamRecord"]["lastSeenDate"] != ""


def test_ranges(client):
    ref = client.result("POST", "ranges", {"range": {"name": "172.16.20.0/24", "customProperties": {"Title": "New"}}})["ref"]
    made = client.result("GET", ref)["range"]
    assert (made["from"], made["to"], made["parentRef"], made["subnet"]) == ("172.16.20.0", "172.16.20.255", "ranges/1", True)
    assert made["customProperties"] == {"Title": "New"}
    for name, code in (("172.16.20.0/24", 1047), ("172.16.20.128-172.16.21.5", 1047), ("nowhere", 1050), ("172.16.30.9-172.16.30.1", 1050)):
        assert client.code("POST", "ranges", {"range": {"name": name}}) == code
    outer = client.result("POST", "ranges", {"range": {"name": "172.16.16.0/20", "isContainer": True}})["ref"]
    assert client.names(f"{outer}/subranges", "ranges") == ["172.16.17.0/24", "172.16.20.0/24"]
    assert client.result("GET", outer)["range"]["numChildren"] == 2
    assert client.code("DELETE", outer) == 0
    assert client.result("GET", ref)["range"]["parentRef"] == "ranges/1"
    assert client.code("DELETE", "ranges/1") == 1028
    assert client.code("DELETE", "ranges/172.16.12.0%2F24") == 1054
    assert client.set(ref, name="10.0.0.0/8") == 1049


def test_blocks_and_statistics(client):
    client.server.seed(addresses=[{"address": "172.16.12.20", "claimed": True}])
    blocks = "ranges/172.16.12.0%2F24/availableAddressBlocks"
    assert client.result("GET", f"{blocks}?mask=28")["addressBlocks"] == [{"from": "172.16.12.32", "to": "172.16.12.47"}]
    assert client.result("GET", f"{blocks}?size=10&limit=2&ignoreSubnetFlag=true")["addressBlocks"] == [
        {"from": "172.16.12.0", "to": "172.16.12.15"},
        {"from": "172.16.12.32", "to": "172.16.12.47"},
    ]
    assert client.server.writes() == []
    client.result("GET", f"{blocks}?mask=30&temporaryClaimTime=60")
    assert (len(client.server.writes()), len(client.server.store.holds)) == (1, 4)
    numbers = client.result("GET", "ranges/172.16.17.0%2F24/statistics")
    assert numbers == {"used": "0", "free": "256", "numInSubranges": "64", "percentInSubranges": "25"}
    assert client.result("GET", "ranges/172.16.17.0%2F24/addressBlocks")["addressBlocks"][0] == {
        "from": "172.16.17.0",
        "to": "172.16.17.63",
    }


def test_organizations_are_address_spaces(client):
    assert client.result("GET", "organizations") == {
        "organizations": [{"ref": "organizations/1", "name": "<default>", "description": ""}],
        "totalResults": 1,
    }
    ref = client.result("POST", "organizations", {"organization": {"name": "other"}})["ref"]
    assert client.result("GET", ref)["organization"]["name"] == "other"
    assert client.names("addressSpaces") == ["<default>", "other"]
    assert client.code("DELETE", "addressSpaces/1") == 1028


# DHCP (contract 10)


def reserve(client, owner: str = "dhcpScopes/lab", **fields) -> requests.Response:
    wanted = {"name": "h1", "clientIdentifier": "44:55:66:77:88:AA", "addresses": ["172.16.12.50"]} | fields
    return client.call("POST", f"{owner}/dhcpReservations", {"dhcpReservation": wanted})


def test_reservations(client):
    assert reserve(client).status_code == 201
    made = client.result("GET", "dhcpReservations/1")["dhcpReservation"]
    assert (made["clientIdentifier"], made["reservationMethod"], made["ownerRef"]) == (
        "44:55:66:77:88:aa",
        "HardwareAddress",
        "dhcpScopes/1",
    )
    assert reserve(client, addresses=["172.16.12.51"]).json()["error"]["code"] == 1047
    assert reserve(client, clientIdentifier="44:55:66:77:88:bb").json()["error"]["code"] == 1047
    assert reserve(client, clientIdentifier="44:55:66:77:88:bb", addresses=["172.16.17.1"]).json()["error"]["code"] == 1050
    assert reserve(client, clientIdentifier="oops", addresses=["172.16.12.51"]).json()["error"]["code"] == 1050
    assert client.set("dhcpReservations/1", name="h2", addresses="172.16.12.50", clientIdentifier="4455667788AA") == 0
    assert client.set("dhcpReservations/1", addresses=["172.16.12.51"]) == 1050
    assert client.result("GET", "ipamRecords/172.16.12.50")["ipamRecord"]["dhcpReservations"][0]["name"] == "h2"
    assert client.names("dhcpScopes/1/dhcpReservations") == ["h2"]
    assert client.code("DELETE", "dhcpReservations/h2") == 0
    assert client.result("GET", "ipamRecords/172.16.12.50")["ipamRecord"]["state"] == "Free"


def test_each_server_writes_addresses_its_own_way(client):
    client.server.seed(
        scopes=[
            {"name": "ms", "range": "172.16.17.64/26", "server": "ms.example.net."},
            {"name": "kea", "range": "172.16.17.0/24", "server": "kea.example.net."},
        ]
    )
    ms = reserve(client, "dhcpScopes/ms", addresses=["172.16.17.70"], description="kept", filename="dropped").json()["result"]["ref"]
    made = client.result("GET", ms)["dhcpReservation"]
    assert (made["clientIdentifier"], made["description"], made["filename"]) == ("44-55-66-77-88-AA", "kept", "")
    isc = reserve(client, description="dropped", filename="kept").json()["result"]["ref"]
    made = client.result("GET", isc)["dhcpReservation"]
    assert ("description" in made, made["filename"]) == (False, "kept")
    reserve(client, "dhcpScopes/kea", name="only-kea", addresses=["172.16.17.9"])
    assert client.code("GET", "dhcpReservations/only-kea") == 2049
    reserve(client, "dhcpServers/isc.example.net.", name="wide", addresses=["10.1.1.1"])
    assert client.names("dhcpServers/isc.example.net./dhcpReservations") == ["wide"]


def test_failover_pairs_of_microsoft_servers(client):
    client.server.seed(
        dhcp_servers=[{"name": "ms2.example.net.", "type": "MSDHCP"}],
        scopes=[
            {"name": "first", "range": "172.16.17.64/26", "server": "ms.example.net."},
            {"name": "second", "range": "172.16.17.64/26", "server": "ms2.example.net."},
        ],
        failovers=[{"name": "pair", "primary": "ms.example.net.", "secondary": "ms2.example.net."}],
    )
    reserve(client, "dhcpScopes/first", addresses=["172.16.17.70"])
    assert client.names("dhcpScopes/second/dhcpReservations") == ["h1"]
    pairs = client.result("GET", "dhcpServers/ms2.example.net./failoverRelationships")["dhcpFailoverRelationships"]
    assert [pair["name"] for pair in pairs] == ["pair"]
    assert len(client.result("GET", "ranges/172.16.17.64%2F26")["range"]["dhcpScopes"]) == 2


def test_scopes_and_what_is_in_them(client):
    scope = {"name": "new", "rangeRef": "172.16.17.0/24", "dhcpServerRef": "isc.example.net."}
    ref = client.result("POST", "dhcpScopes", {"dhcpScope": scope})["ref"]
    assert client.code("POST", "dhcpScopes", {"dhcpScope": scope}) == 1047
    pool = {"dhcpAddressPool": {"from": "172.16.17.10", "to": "172.16.17.19"}}
    assert client.call("POST", f"{ref}/dhcpAddressPools", pool).status_code == 201
    assert client.result("GET", ref)["dhcpScope"]["available"] == 10
    outside = {"dhcpExclusion": {"from": "172.16.99.1", "to": "172.16.99.2"}}
    assert client.code("POST", f"{ref}/dhcpExclusions", outside) == 1050
    lab = filtered("dhcpScopes", 'name="new" AND rangeRef=Ranges/2 AND dhcpServerRef=DHCPServers/1')
    assert client.names(lab, "dhcpScopes") == ["new"]
    superscope = {"superscope": {"name": "all", "description": "", "dhcpServerRef": "dhcpServers/1"}, "dhcpScopeRefs": [ref]}
    super_ref = client.result("POST", "dhcpSuperscopes", superscope)["ref"]
    assert client.result("GET", super_ref)["superscope"]["scopeCount"] == 1
    assert client.code("DELETE", ref) == 0
    assert client.code("DELETE", "dhcpServers/isc.example.net.") == 1054
    assert client.code("DELETE", "dhcpServers/isc.example.net.?forceRemoval=true") == 0


def test_leases_and_held_reservation_addresses(client):
    lease = {"dhcpLease": {"name": "l", "address": "172.16.12.4", "state": "Active", "dhcpScopeRef": "dhcpScopes/1"}}
    assert client.call("POST", "dhcpScopes/lab/leases", lease).status_code == 204
    assert [entry["address"] for entry in client.result("GET", "dhcpScopes/lab/leases")["dhcpLeases"]] == ["172.16.12.4"]
    assert client.result("GET", "ipamRecords/172.16.12.4")["ipamRecord"]["state"] == "Assigned"
    assert [client.code("DELETE", "dhcpScopes/lab/leases/172.16.12.4") for _unused in range(2)] == [0, 2049]
    path = "dhcpScopes/lab/nextFreeReservationAddress?temporaryClaimTime=60"
    assert [client.result("GET", path)["address"] for _unused in range(2)] == ["172.16.12.10", "172.16.12.11"]
    assert client.server.writes()[-1].method == "GET"


def test_generate_directives(client):
    wanted = {"lhs": "host$", "type": "A", "rhs": "172.16.17.$", "rangeStart": 1, "rangeEnd": 9}
    ref = client.result("POST", "dnsZones/1/generateDirectives", {"dnsGenerateDirective": wanted})["ref"]
    assert client.result("GET", "dnsZones/1/generateDirectives")["dnsGenerateDirectives"] == [{"ref": ref} | wanted]
    assert client.result("GET", f"dnsZones/{ref}")["dnsGenerateDirective"]["lhs"] == "host$"
    assert [client.code("DELETE", f"dnsZones/{ref}") for _unused in range(2)] == [0, 2049]


def test_options_are_replaced_as_a_whole(client):
    path = "dhcpScopes/lab/options"
    before = client.result("GET", path)
    assert before == {"ticket": 1, "dhcpOptions": []}
    router, domain = {"option": "::3", "value": "172.16.12.1"}, {"option": "::15", "value": "example.net"}
    assert client.code("PUT", path, {"dhcpOptions": [router], "ticket": 1}) == 0
    assert client.code("PUT", path, {"dhcpOptions": [domain], "ticket": 1}) == 1054
    assert client.code("PUT", path, {"dhcpOptions": [domain]}) == 0
    assert client.result("GET", path)["dhcpOptions"] == [domain]


# The rest (contract 11)


def test_folders(client):
    ref = client.result("POST", "folders", {"folder": {"name": "Zones", "contentType": "DNSZone"}})["ref"]
    assert client.code("PUT", f"dnsZones/1/{ref}", {}) == 0
    assert client.result("GET", "dnsZones/1/folders") == {"folder": ref}
    assert client.names(f"dnsZones?folderRef={ref}") == ["example.net."]
    assert [entry["objType"] for entry in client.result("GET", f"{ref}/objects")["objects"]] == ["DNSZone"]
    assert client.code("PUT", f"ranges/1/{ref}", {}) == 1050
    inner = client.result("POST", "folders", {"folder": {"name": "In", "contentType": "DNSZone"}})["ref"]
    assert client.code("PUT", f"{inner}/{ref}", {}) == 0
    assert client.result("GET", inner)["folder"]["parentRef"] == ref
    assert client.code("DELETE", f"dnsZones/1/{ref}") == 0
    assert client.names(f"dnsZones?folderRef={ref}") == []
    assert client.code("GET", "ranges?folderRef=nosuch&limit=0") == 2049


def test_devices(client):
    ref = client.result("POST", "devices", {"device": {"name": "printer"}})["ref"]
    made = client.result("POST", f"{ref}/interfaces", {"interface": {"name": "eth0", "addresses": ["172.16.12.9"]}})["ref"]
    assert client.names(f"interfaces?deviceRef={ref}") == ["eth0"]
    assert client.result("GET", ref)["device"]["interfaces"][0]["ref"] == made
    assert client.code("DELETE", ref) == 0
    assert client.code("GET", made) == 2049


def test_change_requests(client):
    after = {"dnsZoneRef": "dnsZones/1", "name": "www", "type": "A", "data": "172.16.17.1"}
    body = {"dnsRecordChanges": [{"type": "AddDNSRecord", "dnsRecordAfter": after}], "saveComment": "x"}
    assert client.result("POST", "changeRequests", body | {"action": "Validate"})["ref"] == "changeRequests/0"
    bad = {"dnsRecordChanges": [{"type": "AddDNSRecord", "dnsRecordAfter": after | {"data": "nope"}}], "action": "Validate"}
    answer = client.call("POST", "changeRequests", bad)
    assert (answer.status_code, [error["type"] for error in answer.json()["result"]["errors"]]) == (201, ["Error"])
    assert client.code("POST", "changeRequests", {"action": "Validate"}) == 16384
    assert client.server.writes() == []
    ref = client.result("POST", "changeRequests", body)["ref"]
    request = client.result("GET", ref)["changeRequest"]
    assert (request["state"], request["requester"], request["objType"]) == ("Pending", "administrator", "DNSRecord")
    assert client.result("GET", "ipamRecords/172.16.17.1")["ipamRecord"]["state"] == "Pending"
    assert records(client) == []
    ref = client.result("POST", "changeRequests", body | {"action": "Apply"})["ref"]
    assert client.result("GET", ref)["changeRequest"]["state"] == "Applied"
    assert records(client) == [("www", "A", "172.16.17.1", "")]
    assert len(client.server.writes()) == 2
    assert client.result("GET", "changeRequests")["totalResults"] == 1
    everything = client.result("GET", "changeRequests?includeProcessedRequests=true&includeChanges=true")["changeRequests"]
    assert [len(request["dnsRecordChanges"]) for request in everything] == [1, 1]


def test_system_settings(client):
    assert client.code("POST", "micetro/systemSettings", {"systemSettings": [{"name": "a", "value": "1"}]}) == 0
    assert client.result("GET", "micetro/systemSettings") == {"systemSettings": [{"name": "a", "value": "1"}]}


# The unversioned tree (contract 15.1)


def test_the_unversioned_tree(client):
    client.server.knobs.legacy_tree = True
    old = "/mmws/api"
    (user,) = client.result("GET", "Users?filter=name=ed", {}, base=old)["users"]
    assert (user["ref"].partition("/")[0], user["groups"]) == ("Users", [{"ref": "Groups/1", "objType": "Groups", "name": "All users"}])
    body = {"ref": user["ref"], "properties": [{"name": "description", "value": "old way"}]}
    assert client.call("PUT", f"Users/{user['ref']}", body, base=old).status_code == 204
    assert client.user()["description"] == "old way"
    assert client.user()["groups"][0]["objType"] == "Group"
    reservation = {"dhcpReservation": {"name": "h", "clientIdentifier": "445566778899", "addresses": ["172.16.12.50"]}}
    ref = client.result("POST", "DHCPServers/dhcpScopes/1/DHCPReservations", reservation, base=old)["ref"]
    assert ref == "DHCPReservations/1"
    assert client.code("POST", f"Roles/{client.result('GET', 'roles/helpers')['role']['ref']}", {}, base=old) == 16385


# Faults (the kinds that every backend has)


@pytest.mark.parametrize(
    ("kind", "details", "status", "stored"),
    [
        ("status", {"status": 418, "body": "no"}, 418, False),
        ("refusal", {"code": 1028, "message": "no"}, 400, False),
        ("html", {"status": 502}, 502, False),
        ("empty", {}, 200, False),
        ("throttle", {}, 429, False),
        ("maintenance", {}, 503, False),
        ("locked", {}, 500, False),
        ("locked", {"effect": True}, 500, True),
        ("drop", {"fields": ["description"]}, 204, False),
        ("delay", {"seconds": 0.01}, 204, True),
    ],
)
def test_faults(client, kind, details, status, stored):
    client.server.fault(kind, method="PUT", path="/users/ed$", **details)
    answer = client.call("PUT", "users/ed", {"properties": {"description": "new"}})
    assert answer.status_code == status
    assert (client.user()["description"] == "new") is stored
    assert client.server.log[0].fault == kind
    assert client.set("users/ed", description="new") == 0


def test_lost_cut_and_redirected_answers(client):
    client.server.fault("lost", method="PUT")
    with pytest.raises(requests.ConnectionError):
        client.set("users/ed", description="lost")
    assert client.user()["description"] == "lost"
    client.server.fault("truncate")
    answer = client.call("GET", "users")
    assert answer.status_code == 200
    with pytest.raises(ValueError):
        answer.json()
    client.server.fault("redirect", location="/elsewhere")
    assert client.call("GET", "users", allow_redirects=False).headers["location"] == "/elsewhere"


def test_a_refusal_that_leaves_a_half_made_user(client):
    client.server.fault("bad_request", method="POST", code=9)
    assert client.add_user("zoe", fullName="Zoe", email="z@example.org").status_code == 400
    assert (client.user("zoe")["fullName"], client.user("zoe")["email"]) == ("", "")


def test_dropped_things(client):
    client.server.fault("drop", times=None, fields=["email", "groups", "roles", "Owner", "claimed", "ttl", "dnsOptions", "group"])
    assert client.add_user("zoe", fullName="Zoe", email="z@example.org").status_code == 201
    assert client.code("PUT", "groups/staff/users/zoe", {}) == client.code("PUT", "users/zoe/roles/helpers", {}) == 0
    zoe = client.user("zoe")
    assert (zoe["fullName"], zoe["email"], len(zoe["groups"]), zoe["roles"]) == ("Zoe", "", 1, [])
    assert client.set("ipamRecords/172.16.12.5", claimed=True, Owner="bob") == 0
    address = client.result("GET", "ipamRecords/172.16.12.5")["ipamRecord"]
    assert (address["claimed"], address["customProperties"]) == (False, {})
    assert add_record(client, "www", "A", "172.16.17.1", ttl="60") == 0
    assert records(client) == [("www", "A", "172.16.17.1", "")]
    assert client.code("DELETE", "groups/it") == 0
    assert "it" in client.names("groups")


def test_writes_are_what_calls_do(client):
    client.call("GET", "users")
    client.call("POST", "micetro/sessions", {"loginName": "ed", "password": PASSWORD})
    client.call("GET", "ranges/172.16.12.0%2F24/nextFreeAddress?temporaryClaimTime=0")
    client.call("GET", "ranges/172.16.12.0%2F24/nextFreeAddress", {"temporaryClaimTime": 5})
    client.call("PUT", "users/ed", {"properties": {}})
    client.call("DELETE", "users/nobody")
    assert [entry.method for entry in client.server.writes()] == ["GET", "PUT", "DELETE"]


# The demo, state, and addresses


def test_the_demo(client):
    client.server.reset()
    for _twice in range(2):
        client.server.seed_named("demo")
    before = {collection: len(table.rows) for collection, table in client.server.store.tables.items()}
    client.server.seed_named("demo")
    assert {collection: len(table.rows) for collection, table in client.server.store.tables.items()} == before
    assert {"staff", "it", "school", "council"} <= set(client.names("groups"))
    assert "example.org." in client.names("dnsZones")
    with pytest.raises(ValueError):
        client.server.seed_named("nothing")


def test_state_survives(client):
    client.call("PUT", "groups/staff/users/ed", {"saveComment": "x"})
    free(client, "temporaryClaimTime=60")
    state = client.lab.state()["micetro"]
    before = [client.call("GET", path).json() for path in ("users", "groups", "roles", "ranges", "dhcpScopes", "groups/staff/history")]
    client.server.reset()
    client.server.restore(state)
    assert [
        client.call("GET", path).json() for path in ("users", "groups", "roles", "ranges", "dhcpScopes", "groups/staff/history")
    ] == before
    assert free(client) == "172.16.12.2"


def test_the_lab_tells_how_to_connect(client):
    about = client.server.describe()
    assert about["url"] == client.server.exports()["MICETRO_URL"]
    assert (about["username"], about["delegated"]["username"], about["viewer"]["username"]) == ("administrator", "deputy", "viewer")
    client.server.reset(fresh=True)
    assert client.names("users") == ["administrator"]


@pytest.mark.parametrize("wrong", [{"users": [{"name": "x", "nickname": "y"}]}, {"scopes": [{"name": "x", "range": "10.0.0.0/8"}]}])
def test_seeds_that_make_no_sense(client, wrong):
    with pytest.raises(ValueError):
        client.server.seed(**wrong)

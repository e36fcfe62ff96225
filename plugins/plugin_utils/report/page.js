// Everything is put on the page as text, never as markup: what a report holds was typed by others.
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const { texts, head, columns, values } = data;
  const SIGNS = {
    create: "+", update: "~", enable: "↑", suspend: "‖", forward: "→", strip: "−", delete: "×", none: "·", refused: "⊘",
    failed: "!", missing: "∅", orphan: "◌",
  };
  const MARKS = { drift: "≠", dropped: "↯", unverified: "?", deferred: "…", missing: "∅", orphan: "◌" };
  const WORST = ["failed", "refused", "dropped", "orphan", "missing", "drift", "changed"];
  const PROBLEMS = WORST.slice(0, 6);
  const CUT = 300; // printed rows in one table
  const FLAGS = ["changed", "failed", "drift", "orphan", "missing"];
  const $ = (id) => document.getElementById(id);
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const state = { lang: head.language, q: "", service: "", action: "", phase: "", department: "", show: "", sort: "attention", down: false };
  const t = (key, ...args) => args.reduce((text, arg, i) => text.replace(`{${i}}`, arg), texts[key] ? texts[key][state.lang] : key);
  const number = (n) => new Intl.NumberFormat(state.lang).format(n);
  const word = (what) => t(`${head.kind === "run" ? "done" : "do"}.${what}`);
  const service = (column) => (texts[`service.${column[0]}`] ? t(`service.${column[0]}`) : column[0]);

  function make(tag, props, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(props || {})) {
      if (name in element && name !== "role") element[name] = value;
      else element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }

  // --- the data: rows of [login, number, name, department, site, phase, lines], indices into "values" (-1: none) ------------

  const value = (index) => (index === undefined || index < 0 ? null : values[index]);

  function lineOf(packed, login) {
    const [column, account, action, flags, more] = packed;
    const line = { column, account: account === 0 ? login : account, action: data.actions[action], more: more || {} };
    FLAGS.forEach((name, bit) => { line[name] = Boolean(flags & (1 << bit)); });
    line.refused = line.action === "refused";
    for (const name of ["dropped", "unverified", "deferred"]) line[name] = Boolean(more && more[name] !== undefined);
    line.rank = WORST.findIndex((name) => line[name]);
    if (line.rank < 0) line.rank = WORST.length;
    line.face = line.failed ? "failed" : line.orphan && line.action === "none" ? "orphan"
      : line.missing && head.kind !== "run" ? "missing" : line.action;
    return line;
  }

  const rows = data.rows.map(([login, employee, name, department, site, phase, packed]) => {
    const lines = packed.map((each) => lineOf(each, login));
    const row = { login, employee, name: name || login, department: value(department), site: value(site), phase: value(phase), lines };
    row.person = login !== null;
    row.cells = columns.map((_, column) => {
      const here = lines.filter((line) => line.column === column);
      return here.length > 1 ? here.sort((one, two) => one.rank - two.rank) : here;
    });
    row.name = row.name || (lines[0] && lines[0].account) || "";
    row.rank = Math.min(...lines.map((line) => line.rank));
    const said = lines.map((line) => value(line.more.msg));
    row.text = fold([login, employee, name, row.department, row.site, ...new Set(lines.map((line) => line.account)), ...said].filter(Boolean).join("\n"));
    row.key = fold(row.name);
    return row;
  });
  const total = rows.length;
  let shown = rows;
  let visible = columns.map((_, index) => index);

  // --- filter and sort -----------------------------------------------------------------------------------------------------

  const matches = (line) => (state.service === "" || line.column === Number(state.service))
    && (state.action === "" || line.face === state.action || line.action === state.action)
    && (state.show === "" || (state.show === "problems" ? PROBLEMS.some((name) => line[name]) : line[state.show]));

  function apply() {
    const words = fold(state.q).split(/\s+/).filter(Boolean);
    shown = rows.filter((row) => (state.phase === "" || (row.phase || "") === state.phase.slice(1))
      && (state.department === "" || (row.department || "") === state.department.slice(1))
      && words.every((each) => row.text.includes(each)) && row.lines.some(matches));
    const by = state.sort;
    const way = state.down ? -1 : 1;
    const rankAt = (row, column) => (row.cells[column].length ? row.cells[column][0].rank * 20 + data.actions.indexOf(row.cells[column][0].action) : 999);
    const compare = by === "attention" ? (one, two) => one.rank - two.rank
      : by === "person" ? () => 0
        : by === "phase" ? (one, two) => data.phases.indexOf(one.phase) - data.phases.indexOf(two.phase)
          : by in { department: 1, site: 1 } ? (one, two) => collate(one[by] || "\uffff", two[by] || "\uffff")
            : (one, two) => rankAt(one, Number(by)) - rankAt(two, Number(by));
    shown.sort((one, two) => way * (compare(one, two) || (one.key < two.key ? -1 : one.key > two.key ? 1 : 0)));
    visible = columns.map((_, index) => index).filter((index) => state.service === "" || index === Number(state.service));
    here = { row: 0, column: 0 };
    heads();
    draw(true);
    status();
  }
  const titled = (column) => [service(column), column[1]].filter(Boolean).join(" · ");
  const collate = (one, two) => (one < two ? -1 : one > two ? 1 : 0);

  function filterWords() {
    const chosen = ["service", "action", "phase", "department"].filter((name) => state[name] !== "")
      .map((name) => t("label", t(`filter.${name}`), $(`f-${name}`).selectedOptions[0].textContent));
    if (state.show) chosen.push(state.show === "problems" ? t("filter.problems") : t(`count.${state.show}`));
    if (state.q) chosen.push(`"${state.q}"`);
    return chosen.join(", ");
  }

  function status() {
    $("shown").textContent = t("filter.shown", number(shown.length), number(total));
    $("print-filter").textContent = filterWords() && `${t("label", t("filter.active"), filterWords())} (${$("shown").textContent})`;
    for (const button of document.querySelectorAll(".counts button")) button.setAttribute("aria-pressed", String(button.dataset.show === state.show));
    $("f-problems").checked = state.show === "problems";
    for (const name of ["service", "action", "phase", "department"]) $(`f-${name}`).classList.toggle("on", state[name] !== "");
    $("f-sort").value = state.sort;
    $("reset").disabled = !filterWords();
    $("nobody").hidden = shown.length > 0;
    $("nobody").textContent = t(total ? "table.nobody" : "table.empty");
    $("matrix").hidden = total === 0;
  }

  // --- the table: only the rows in sight are there, the rest is space -------------------------------------------------------

  const fields = ["person", "department", "site", "phase"];
  const table = $("matrix");
  const body = $("rows");
  const drawn = new Map();
  const above = make("tr", { className: "space", "aria-hidden": "true" }, make("td", {}));
  const below = make("tr", { className: "space", "aria-hidden": "true" }, make("td", {}));
  let here = { row: 0, column: 0 };
  let height = 31;
  let printing = false;

  function heads() {
    const names = [...fields, ...visible];
    table.setAttribute("aria-colcount", String(names.length));
    $("cols").replaceChildren(...names.map((name) => make("col", { className: typeof name === "number" ? "service" : name })));
    const focused = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.sort : undefined;
    $("heads").replaceChildren(...names.map((name) => {
      const isService = typeof name === "number";
      const sorted = state.sort === String(name);
      const title = make("span", {}, isService ? service(columns[name]) : t(name === "person" ? "person" : `person.${name}`));
      const button = make("button", { type: "button" }, title);
      button.dataset.sort = String(name);
      if (sorted) title.append(make("span", { className: "way", "aria-hidden": "true" }, state.down ? " ▾" : " ▴"));
      if (isService && columns[name][1]) button.append(make("small", {}, columns[name][1]));
      const cell = make("th", { scope: "col", className: isService ? "service" : name }, button);
      if (sorted) cell.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      return cell;
    }));
    if (focused !== undefined) { const again = $("heads").querySelector(`[data-sort="${focused}"]`); if (again) again.focus({ preventScroll: true }); }
  }

  const sign = (face) => make("span", { className: "sign", "aria-hidden": "true" }, SIGNS[face]);

  function serviceCell(lines) {
    if (!lines.length) return make("td", {}, make("span", { className: "hush" }, t("cell.blank")));
    const line = lines[0];
    const cell = make("td", { className: line.face }, sign(line.face));
    const quiet = line.face === "none";
    cell.append(make("span", { className: quiet ? "hush" : "word" }, word(line.face)));
    const marks = Object.keys(MARKS).filter((name) => line[name] && name !== line.face && !(name === "missing" && line.face === "create"));
    for (const name of marks) {
      cell.append(make("span", { className: "mark", title: t(`mark.${name}`), "aria-hidden": "true" }, MARKS[name]), make("span", { className: "hush" }, `, ${t(`mark.${name}`)}`));
    }
    if (lines.length > 1) cell.append(make("span", { className: "more" }, `+${lines.length - 1}`));
    cell.title = [word(line.face), ...marks.map((name) => t(`mark.${name}`)), value(line.more.msg)].filter(Boolean).join(" · ");
    return cell;
  }

  function rowElement(index) {
    const row = shown[index];
    const name = make("th", { scope: "row", className: "person", title: [row.name, row.login].filter(Boolean).join(" · ") }, row.name);
    if (row.person && row.login !== row.name) name.append(make("span", { className: "login" }, row.login));
    const cells = [
      name,
      make("td", { className: "department" }, row.department || ""),
      make("td", { className: "site soft" }, row.site || ""),
      make("td", { className: `phase${row.phase === "active" ? " quiet" : ""}` }, row.person ? (row.phase ? t(`phase.${row.phase}`) : "") : t("person.none")),
      ...visible.map((column) => serviceCell(row.cells[column])),
    ];
    cells.forEach((cell, column) => {
      cell.setAttribute("aria-colindex", String(column + 1));
      cell.tabIndex = index === here.row && column === here.column ? 0 : -1;
      if (panel.row === row && panel.column === column) cell.classList.add("here");
    });
    const element = make("tr", { "aria-rowindex": String(index + 2) }, ...cells);
    element.dataset.index = String(index);
    return element;
  }

  function draw(afresh) {
    if (printing) return;
    if (afresh) { drawn.clear(); body.replaceChildren(above, below); table.setAttribute("aria-rowcount", String(shown.length + 1)); }
    const top = above.getBoundingClientRect().top;
    const first = Math.max(0, Math.min(shown.length, Math.floor(-top / height)) - 12);
    const last = Math.min(shown.length, Math.ceil((-top + window.innerHeight) / height) + 12);
    const within = (index) => index >= first && index < last;
    for (const [index, element] of drawn) {
      if (!within(index)) {
        if (element.contains(document.activeElement)) table.focus({ preventScroll: true });
        element.remove();
        drawn.delete(index);
      }
    }
    let next = above.nextSibling;
    for (let index = first; index < last; index += 1) {
      let element = drawn.get(index);
      if (!element) {
        element = rowElement(index);
        drawn.set(index, element);
        body.insertBefore(element, next);
      }
      next = element.nextSibling;
    }
    above.style.height = `${first * height}px`;
    below.style.height = `${Math.max(0, shown.length - last) * height}px`;
    if (afresh && drawn.size) {
      const real = drawn.values().next().value.getBoundingClientRect().height;
      if (real && Math.abs(real - height) > 0.01) { height = real; draw(false); }
    }
  }

  let waiting = false;
  function later() {
    if (!waiting) { waiting = true; requestAnimationFrame(() => { waiting = false; draw(false); }); }
  }

  function go(row, column) {
    const old = drawn.get(here.row);
    if (old && old.children[here.column]) old.children[here.column].tabIndex = -1;
    here = { row: Math.max(0, Math.min(shown.length - 1, row)), column };
    const under = $("heads").getBoundingClientRect().bottom;
    const room = window.innerHeight - (document.body.classList.contains("open") && window.innerWidth < 1088 ? $("details").offsetHeight : 0);
    const y = above.getBoundingClientRect().top + here.row * height;
    if (y < Math.max(under, 0)) window.scrollBy(0, y - Math.max(under, 0));
    else if (y + height > room) window.scrollBy(0, y + height - room + 4);
    draw(false);
    const cell = drawn.get(here.row).children[here.column];
    cell.tabIndex = 0;
    cell.focus({ preventScroll: true });
    if (!$("details").hidden) details(shown[here.row], here.column);
  }

  function step(from, by) {
    const cells = drawn.size ? drawn.values().next().value.children : [];
    let column = from + by;
    while (cells[column] && cells[column].offsetParent === null) column += by;
    return cells[column] ? column : from;
  }

  function keys(event) {
    if (!shown.length || event.altKey || event.metaKey || event.target.closest("thead")) return;
    const page = Math.max(1, Math.floor(window.innerHeight / height) - 6);
    const moves = {
      ArrowDown: () => go(here.row + 1, here.column), ArrowUp: () => go(here.row - 1, here.column),
      ArrowRight: () => go(here.row, step(here.column, 1)), ArrowLeft: () => go(here.row, step(here.column, -1)),
      PageDown: () => go(here.row + page, here.column), PageUp: () => go(here.row - page, here.column),
      Home: () => go(event.ctrlKey ? 0 : here.row, 0),
      End: () => go(event.ctrlKey ? shown.length - 1 : here.row, fields.length + visible.length - 1),
      Enter: () => { details(shown[here.row], here.column); $("details").focus(); },
      " ": () => { details(shown[here.row], here.column); $("details").focus(); },
    };
    if (moves[event.key]) { event.preventDefault(); moves[event.key](); }
  }

  // --- the details of one cell, or of all of a person ----------------------------------------------------------------------

  const panel = { row: null, column: -1 };

  const moment = (text) => text && text.replace("T", " ").replace(/([+-]\d\d:?\d\d|Z)$/, " $1");
  const reason = (text) => text && text.replace(/^phase (\w+)\s*(?:→|->)\s*(\w+)/, (all, from, to) => (texts[`phase.${from}`] && texts[`phase.${to}`]
    ? `${t("person.phase")} ${t(`phase.${from}`)} → ${t(`phase.${to}`)}` : all));

  function show(item) {
    if (item === null || item === undefined || item === "" || (Array.isArray(item) && !item.length)) return t("details.empty");
    if (typeof item === "boolean") return t(item ? "details.yes" : "details.no");
    if (typeof item === "number") return String(item);
    if (Array.isArray(item)) return item.map(show).join(", ");
    return typeof item === "object" ? JSON.stringify(item) : item;
  }

  // What changed of a line: [name, before, after], where undefined is "not told".
  function changes(line) {
    const { names, before, after } = line.more;
    const at = (list, index) => (list && list[index] >= 0 ? values[list[index]] : undefined);
    return (value(names) || []).map((name, index) => [name, at(before, index), at(after, index)]);
  }

  const plainList = (item) => Array.isArray(item) && item.every((each) => typeof each === "string" || typeof each === "number");

  // Of two lists only what came and what went, else the two values.
  function difference(before, after) {
    if (plainList(before) && plainList(after)) {
      const gone = before.filter((each) => !after.includes(each));
      const come = after.filter((each) => !before.includes(each));
      if (gone.length || come.length) return { gone, come };
    }
    return null;
  }

  function changeTable(list) {
    const told = list.filter(([, before, after]) => before !== undefined || after !== undefined);
    if (!told.length) return null;
    const lines = told.map(([name, before, after]) => {
      const parts = difference(before, after);
      const cells = parts
        ? [make("td", { colSpan: 2 }, ...parts.gone.map((each) => make("del", {}, String(each))), ...parts.come.map((each) => make("ins", {}, String(each))))]
        : [make("td", {}, before === undefined ? "" : show(before)), make("td", {}, after === undefined ? "" : show(after))];
      return make("tr", {}, make("th", { scope: "row" }, name), ...cells);
    });
    const titles = ["field", "before", "after"].map((name) => make("th", { scope: "col" }, t(`details.${name}`)));
    return make("table", {}, make("thead", {}, make("tr", {}, ...titles)), make("tbody", {}, ...lines));
  }

  function pairs(list) {
    const known = list.filter(([, text]) => text);
    return known.length ? make("dl", {}, ...known.flatMap(([name, text]) => [make("dt", {}, name), make("dd", {}, text)])) : null;
  }

  function lineSection(line) {
    const list = changes(line);
    const silent = list.filter(([, before, after]) => before === undefined && after === undefined).map(([name]) => name);
    const column = columns[line.column];
    const marks = Object.keys(MARKS).filter((name) => line[name] && name !== line.face).map((name) => `${MARKS[name]} ${t(`mark.${name}`)}`);
    const message = value(line.more.msg);
    const named = (key) => (value(line.more[key]) || []).join(", ");
    return make("section", {},
      make("h3", {}, make("span", {}, service(column), column[1] ? make("small", {}, ` ${column[1]}`) : null), make("span", { className: line.face }, sign(line.face), word(line.face))),
      message ? make("p", { className: line.failed || line.refused ? "message" : "" }, message) : null,
      marks.length ? make("p", { className: "mark" }, marks.join("  ")) : null,
      pairs([
        [t("details.account"), line.account], [t("details.reason"), reason(value(line.more.reason))], [t("details.means"), value(line.more.means)],
        [t("details.dropped"), named("dropped")], [t("details.unverified"), named("unverified")], [t("details.deferred"), named("deferred")],
        [t("details.fields"), silent.join(", ")], [t("details.at"), moment(value(line.more.at))],
      ]),
      changeTable(list));
  }

  function details(row, column) {
    const lines = column < fields.length ? row.lines : row.cells[visible[column - fields.length]];
    for (const marked of body.querySelectorAll(".here")) marked.classList.remove("here");
    Object.assign(panel, { row, column });
    const element = drawn.get(shown.indexOf(row));
    if (element) element.children[column].classList.add("here");
    const close = make("button", { type: "button" }, t("details.close"));
    close.addEventListener("click", hide);
    const title = make("h2", { id: "details-title" }, row.name);
    $("details").replaceChildren(...[
      make("header", {}, title, close),
      pairs([
        [t("person.login"), row.login], [t("person.employee_number"), row.employee], [t("person.department"), row.department], [t("person.site"), row.site],
        [t("person.phase"), row.person ? row.phase && t(`phase.${row.phase}`) : t("person.none")],
      ]),
      ...lines.map(lineSection),
      lines.length ? null : make("section", {}, make("p", { className: "soft" }, t("cell.blank"))),
    ].filter(Boolean));
    $("details").hidden = false;
    document.body.classList.add("open");
    $("details").scrollTop = 0;
    measure();
  }

  function hide() {
    if ($("details").hidden) return;
    $("details").hidden = true;
    document.body.classList.remove("open");
    for (const marked of body.querySelectorAll(".here")) marked.classList.remove("here");
    Object.assign(panel, { row: null, column: -1 });
    measure();
    if (shown.length) go(here.row, here.column);
  }

  // --- print: every row that the filter shows, with what changed in a line below -------------------------------------------

  function summary(line) {
    const what = changes(line).map(([name, before, after]) => {
      const parts = difference(before, after);
      if (parts) return `${name} ${[...parts.gone.map((each) => `−${each}`), ...parts.come.map((each) => `+${each}`)].join(" ")}`;
      return before === undefined && after === undefined ? name : `${name} ${before === undefined ? "" : `${show(before)} → `}${after === undefined ? "" : show(after)}`;
    });
    const marks = Object.keys(MARKS).filter((name) => line[name] && name !== line.face).map((name) => t(`mark.${name}`));
    const account = line.account ? ` (${line.account})` : "";
    const parts = [value(line.more.msg), marks.join(", "), reason(value(line.more.reason)), value(line.more.means), what.join("; ")].filter(Boolean);
    return parts.length ? make("p", {}, make("b", {}, t("label", service(columns[line.column]), word(line.face))), `${account} ${parts.join(" · ")}`) : null;
  }

  function spread() {
    printing = true;
    const everything = document.createDocumentFragment();
    shown.forEach((row, index) => {
      const element = rowElement(index);
      const telling = row.lines.filter((line) => line.face !== "none" && visible.includes(line.column)).map(summary).filter(Boolean);
      everything.append(element);
      if (telling.length) {
        element.classList.add("has-more");
        everything.append(make("tr", { className: "print" }, make("td", { colSpan: fields.length + visible.length }, ...telling)));
      }
    });
    drawn.clear();
    body.replaceChildren(everything);
    for (const head of $("heads").children) head.replaceChildren(...head.firstChild.childNodes); // a button is not repeated on the next page
    // A browser lays out a table that is broken over pages once for every page: thousands of rows are cut into several tables.
    for (let last = table; body.children.length > CUT;) {
      const part = table.cloneNode(false);
      part.removeAttribute("id");
      part.className = "matrix part";
      const rest = make("tbody", { className: "rows" });
      part.append($("cols").cloneNode(true), table.tHead.cloneNode(true), rest);
      while (rest.children.length < CUT && body.children.length > CUT) {
        rest.append(body.children[CUT]);
        if (body.children[CUT] && body.children[CUT].className === "print") rest.append(body.children[CUT]);
      }
      last.after(part);
      last = part;
    }
  }
  window.addEventListener("beforeprint", spread);
  window.addEventListener("afterprint", () => {
    for (const part of document.querySelectorAll(".part")) part.remove();
    printing = false;
    heads();
    draw(true);
  });

  // --- controls -------------------------------------------------------------------------------------------------------------

  function options(select, list, current) {
    select.replaceChildren(...list.map(([key, label]) => make("option", { value: key }, label)));
    select.value = current;
  }

  function label() {
    document.documentElement.lang = state.lang;
    for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
    for (const element of document.querySelectorAll("[data-n]")) element.textContent = number(Number(element.dataset.n));
    for (const element of document.querySelectorAll("[data-t-placeholder]")) element.placeholder = t(element.dataset.tPlaceholder);
    for (const element of document.querySelectorAll("[data-t-label]")) element.setAttribute("aria-label", t(element.dataset.tLabel));
    document.title = [t(`kind.${head.kind}`), head.organisation].filter(Boolean).join(" · ");
    const all = (name) => ["", t("label", t(`filter.${name}`), t("filter.all"))];
    const faces = [...new Set(rows.flatMap((row) => row.lines.map((line) => line.face)))];
    const order = ["failed", "refused", "missing", "orphan", ...data.actions];
    options($("f-service"), [all("service"), ...columns.map((column, index) => [String(index), titled(column)])], state.service);
    options($("f-action"), [all("action"), ...order.filter((name, index) => order.indexOf(name) === index && faces.includes(name)).map((name) => [name, word(name)])], state.action);
    const phases = data.phases.filter((name) => rows.some((row) => row.phase === name));
    const orphaned = rows.some((row) => !row.phase) ? [["=", t("person.none")]] : [];
    options($("f-phase"), [all("phase"), ...phases.map((name) => [`=${name}`, t(`phase.${name}`)]), ...orphaned], state.phase);
    const departments = [...new Set(rows.map((row) => row.department || ""))].sort((one, two) => one.localeCompare(two, state.lang));
    options($("f-department"), [all("department"), ...departments.map((name) => [`=${name}`, name || t("filter.unset")])], state.department);
    options($("f-sort"), [
      ["attention", t("sort.attention")], ["person", t("person")], ...["department", "site", "phase"].map((name) => [name, t(`person.${name}`)]),
      ...columns.map((column, index) => [String(index), titled(column)]),
    ].map(([key, name]) => [key, key === "attention" ? name : t("label", t("sort"), name)]), state.sort);
    const told = [
      ...[...order].filter((name, index) => order.indexOf(name) === index && faces.includes(name)).map((name) => [name, SIGNS[name], word(name), texts[`legend.${name}`]]),
      ...["drift", "dropped", "unverified"].filter((name) => rows.some((row) => row.lines.some((line) => line[name]))).map((name) => ["mark", MARKS[name], t(`mark.${name}`), texts[`legend.${name}`]]),
    ];
    $("legend").replaceChildren(...told.map(([face, glyph, name, more]) => make("div", {},
      make("dt", { className: face }, make("span", { className: "sign", "aria-hidden": "true" }, glyph), name), more ? make("dd", {}, more[state.lang]) : null)));
  }

  const measure = () => {
    document.documentElement.style.setProperty("--bar", `${document.querySelector(".bar").offsetHeight}px`);
    later();
  };

  $("q").addEventListener("input", () => { state.q = $("q").value; apply(); });
  for (const name of ["service", "action", "phase", "department", "sort"]) {
    $(`f-${name}`).addEventListener("change", (event) => { state[name] = event.target.value; if (name === "sort") state.down = false; apply(); });
  }
  $("f-problems").addEventListener("change", (event) => { state.show = event.target.checked ? "problems" : ""; apply(); });
  $("reset").addEventListener("click", () => {
    Object.assign(state, { q: "", service: "", action: "", phase: "", department: "", show: "" });
    for (const name of ["service", "action", "phase", "department"]) $(`f-${name}`).value = "";
    $("q").value = "";
    apply();
    $("q").focus();
  });
  for (const button of document.querySelectorAll(".counts button")) {
    button.disabled = button.classList.contains("zero");
    button.addEventListener("click", () => { state.show = state.show === button.dataset.show ? "" : button.dataset.show; apply(); });
  }
  $("heads").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    state.down = state.sort === button.dataset.sort ? !state.down : false;
    state.sort = button.dataset.sort;
    apply();
  });
  body.addEventListener("click", (event) => {
    const cell = event.target.closest("#rows > tr > *");
    const index = cell && cell.parentNode.dataset.index;
    if (index === undefined || index === null) return;
    if (String(window.getSelection()) && window.getSelection().type === "Range") return;
    go(Number(index), [...cell.parentNode.children].indexOf(cell));
    details(shown[here.row], here.column);
  });
  table.addEventListener("keydown", keys);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target !== $("q")) hide();
    if (event.key === "/" && !event.target.closest("input:not([type=radio]):not([type=checkbox]), select")) { event.preventDefault(); $("q").focus(); $("q").select(); }
  });
  for (const input of document.querySelectorAll("input[name=lang]")) {
    input.checked = input.value === state.lang;
    input.addEventListener("change", () => {
      state.lang = input.value;
      const kept = { ...here };
      label();
      apply();
      here = kept;
      draw(true);
      if (panel.row) details(panel.row, panel.column);
      measure();
    });
  }
  for (const input of document.querySelectorAll("input[name=theme]")) {
    input.addEventListener("change", () => { document.documentElement.dataset.theme = input.value; });
  }
  for (const element of document.querySelectorAll(".needs-js")) element.hidden = false;
  window.addEventListener("scroll", later, { passive: true });
  window.addEventListener("resize", measure);
  label();
  measure();
  apply();
  document.documentElement.dataset.ready = "yes";
})();

// Shows what the emulator's own API says, and asks again each second. Whatever it shows is set as text, never as markup.
"use strict";

const API = "/_emulator/";
const SHOWN = 50;
const PROVIDERS = { ucloud: "UCloud", tencent: "Tencent Cloud", aliyun: "Alibaba Cloud" };
const VERDICTS = { accepted: "✓ accepted", unauthenticated: "✗ not let in", refused: "✗ refused", faulted: "! fault" };

const at = (id) => document.getElementById(id);

// An element with attributes and children; texts become text.
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined) element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

const code = (text) => make("code", {}, text);
const count = (number, what) => `${number} ${what}${number === 1 ? "" : "s"}`;
const plain = (value) => (typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value));

async function ask(path, method = "GET", body) {
  const headers = body ? { "content-type": "application/json" } : {};
  const response = await fetch(API + path, { method, headers, body: body && JSON.stringify(body), cache: "no-store" });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

// Puts one child for each item into a parent. A child whose item is the same as before stays, and so do its focus and its folds.
function fill(parent, items, key, child) {
  const before = new Map([...parent.children].map((element) => [element.dataset.key, element]));
  const children = items.map((item) => {
    const name = key(item);
    const text = JSON.stringify(item);
    const known = before.get(name);
    if (known && known.shows === text) return known;
    const element = child(item);
    element.dataset.key = name;
    element.shows = text;
    return element;
  });
  children.forEach((element, index) => {
    if (parent.children[index] !== element) parent.insertBefore(element, parent.children[index] ?? null);
  });
  while (parent.children.length > children.length) parent.lastChild.remove();
}

function table(attributes, caption, heads, rows) {
  const head = make("tr", {}, heads.map((text) => make("th", { scope: "col" }, text)));
  const body = rows.map(([first, ...rest]) =>
    make("tr", {}, make("th", { scope: "row" }, first), rest.map((cell) => make("td", {}, cell))));
  const element = make("table", attributes, make("caption", {}, caption), make("thead", {}, head), make("tbody", {}, body));
  return make("div", { class: "wide", role: "region", "aria-label": caption, tabindex: "0" }, element);
}

// A part that can be unfolded, and is made when it is for the first time.
function fold(title, note, content) {
  const details = make("details", { class: "block" }, make("summary", {}, title, " ", make("small", {}, note)));
  details.addEventListener("toggle", () => details.children.length === 1 && details.append(content()), { once: true });
  return details;
}

// Requests

function requestRow(request) {
  const { verdict, code: refusal, reason, fault } = request.verdict;
  const { parameters, headers } = request;
  const pairs = (title, list) => list.length === 0 ? null : [
    make("p", {}, title),
    make("dl", {}, list.map(([name, value]) => [make("dt", {}, name), make("dd", {}, value)])),
  ];
  const details = make("details", {},
    make("summary", {}, `${count(parameters.length, "parameter")}, ${count(headers.length, "header")}`),
    pairs("Parameters", parameters), pairs("Headers", headers));
  return make("tr", {},
    make("td", {}, make("time", { datetime: request.time }, request.time.slice(11, 19))),
    make("td", {}, PROVIDERS[request.provider] ?? "nobody’s"),
    make("td", {}, request.action ?? `${request.method} ${request.path}`),
    make("td", {}, make("span", { class: `verdict ${verdict}` }, VERDICTS[verdict] ?? verdict), refusal ? code(refusal) : null),
    make("td", {}, reason ?? plain(fault), details));
}

function showRequests(requests) {
  // Numbers begin anew with a new emulator.
  fill(at("request-rows"), requests.reverse(), (request) => `${request.number} ${request.time}`, requestRow);
  at("request-table").hidden = requests.length === 0;
  at("no-requests").hidden = requests.length > 0;
}

// Faults

function faultRow({ id, rule }) {
  const remove = make("button", { type: "button", "aria-label": `Take back fault ${id}` }, "Take back");
  remove.addEventListener("click", () => act(() => ask(`faults/${id}`, "DELETE"), "fault-problem"));
  const scope = [PROVIDERS[rule.provider], rule.action, rule.path].filter(Boolean).join(", ");
  return make("tr", {},
    make("td", {}, code(plain(rule.fault))),
    make("td", {}, scope || "every call"),
    make("td", {}, rule.times ?? "always"),
    make("td", {}, rule.probability),
    make("td", {}, remove));
}

function showFaults(rules) {
  fill(at("fault-rows"), rules, (rule) => String(rule.id), faultRow);
  at("fault-table").hidden = rules.length === 0;
  at("no-faults").hidden = rules.length > 0;
  at("clear-faults").disabled = rules.length === 0;
}

function showKinds(kinds) {
  const list = at("fault-kind");
  const option = ({ name, meaning, fault }) => make("option", { value: JSON.stringify(fault), title: meaning }, name);
  list.replaceChildren(...kinds.map(option));
  if (!at("fault-json").value) at("fault-json").value = list.value;
}

function ruleOfForm() {
  const rule = { fault: JSON.parse(at("fault-json").value) };
  for (const name of ["provider", "action"]) {
    const value = at(`fault-${name}`).value.trim();
    if (value) rule[name] = value;
  }
  for (const name of ["times", "probability"]) {
    const value = at(`fault-${name}`).value;
    if (value) rule[name] = Number(value);
  }
  return rule;
}

// Clock

function showClock({ now, shift_seconds: shift }) {
  at("now").textContent = now;
  at("now").dateTime = now;
  at("shift").textContent = shift === 0 ? "is right." : `is ${count(Math.abs(shift), "second")} ${shift < 0 ? "behind" : "ahead"}.`;
}

// Services

function typeText(type) {
  if (Array.isArray(type)) return `[${typeText(type[0])}]`;
  return typeof type === "object" ? `{ map: ${typeText(type.map)} }` : type;
}

function typeName(type) {
  if (Array.isArray(type)) return typeName(type[0]);
  return typeof type === "object" ? typeName(type.map) : type;
}

// What a table says about a field.
function rules(field, type) {
  const values = type?.enum && `one of ${type.values.map(({ value }) => value).join(", ")}`;
  const conditions = (list) => Object.entries(list).map(([name, value]) => `${name} is ${[value].flat().join(" or ")}`).join(", ");
  const texts = {
    format: (value) => `format: ${value}`,
    encoding: (value) => `sent as ${value.replace("_", " ")}`,
    default: (value) => `default ${value}`,
    minimum: (value) => `at least ${value}`,
    maximum: (value) => `at most ${value}`,
    multiple_of: (value) => `a multiple of ${value}`,
    min_items: (value) => `at least ${count(value, "item")}`,
    max_items: (value) => `at most ${count(value, "item")}`,
    min_length: (value) => `at least ${count(value, "character")}`,
    max_length: (value) => `at most ${count(value, "character")}`,
    pattern: (value) => `matches ${value}`,
    not_empty: () => "not empty",
    not_prefix: (value) => `does not begin with ${value.join(" or ")}`,
    not_containing: (value) => `does not contain ${value.join(" or ")}`,
    only_when: (value) => `only when ${conditions(value)}`,
    required_when: (value) => `required when ${conditions(value)}`,
    scope: (value) => `the ${value}`,
    example: (value) => `such as ${value}`,
  };
  const said = Object.keys(texts).filter((name) => name in field).map((name) => texts[name](field[name]));
  return [values, ...said].filter(Boolean).join("; ");
}

// The fields of a record under the name that leads to it. Types contain no circles.
function parameterRows(fields, types, prefix) {
  return fields.flatMap((field) => {
    const type = types[typeName(field.type)];
    const name = prefix + field.name;
    const row = [code(name), code(typeText(field.type ?? "string")), field.required ? "required" : "optional", rules(field, type)];
    const inner = type?.fields ? parameterRows(type.fields, types, `${name}${Array.isArray(field.type) ? "[]" : ""}.`) : [];
    return [row, ...inner];
  });
}

function operationPart(service, operation) {
  const types = { ...service.types, ...operation.types };
  const rows = parameterRows([...operation.scope ?? [], ...operation.request ?? []], types, "");
  const link = make("a", { href: operation.reference, rel: "noreferrer noopener", target: "_blank" }, "the provider’s page");
  return make("article", {},
    make("p", {}, link),
    rows.length === 0 ? make("p", {}, "It has no parameters.")
      : table({}, `Parameters of ${operation.action}`, ["Name", "Type", "Required", "Rules"], rows));
}

function showServices(services) {
  const parts = services.map((service) => {
    const operations = service.operations ?? [];
    const wire = [PROVIDERS[service.provider], service.product, service.version].filter(Boolean).join(" · ");
    const part = fold(service.title, `${wire} · ${count(operations.length, "operation")}`, () => make("div", {},
      operations.map((operation) => fold(operation.action, operation.summary, () => operationPart(service, operation)))));
    part.open = services.length < 6;
    return part;
  });
  at("service-list").replaceChildren(...parts);
  const actions = new Set(services.flatMap((service) => (service.operations ?? []).map(({ action }) => action)));
  at("actions").replaceChildren(...[...actions].sort().map((action) => make("option", { value: action })));
}

// Data

function showData(data) {
  const lists = Object.entries(data).flatMap(([service, lists]) =>
    Object.entries(lists).map(([list, entries]) => ({ name: `${service} ${list}`, entries })));
  const opened = new Set([...at("data-lists").children].filter(({ open }) => open).map((element) => element.dataset.key));
  fill(at("data-lists"), lists, ({ name }) => name, ({ name, entries }) => {
    // What is to come stands last.
    const known = [...new Set(entries.flatMap((entry) => Object.keys(entry)))];
    const coming = ["finishes_after", "then"].filter((name) => known.includes(name));
    const names = [...known.filter((name) => !coming.includes(name)), ...coming];
    const rows = entries.map((entry) => names.map((member) => plain(entry[member])));
    const part = fold(name, count(entries.length, "entry").replace("entrys", "entries"), () =>
      make("div", {}, table({ class: "entries" }, name, names, rows)));
    part.open = opened.has(name);
    return part;
  });
}

// All of it

let isConnected = false;

async function refresh() {
  try {
    if (!isConnected) {
      showServices(await ask("services"));
      showKinds(await ask("faults/kinds"));
    }
    const [requests, faults, clock, data] =
      await Promise.all([ask(`requests?last=${SHOWN}`), ask("faults"), ask("clock"), ask("data")]);
    showRequests(requests);
    showFaults(faults);
    showClock(clock);
    showData(data);
    isConnected = true;
  } catch (problem) {
    isConnected = false;
    console.warn(problem);
  }
  const state = isConnected ? "Connected" : "The emulator does not answer.";
  // Screen readers say what is set, even if it is the same as before.
  if (at("state").textContent !== state) at("state").textContent = state;
  at("state").classList.toggle("lost", !isConnected);
}

async function again() {
  if (!document.hidden) await refresh();
  setTimeout(again, 1000);
}

// Does what a button is for, and shows what came of it.
async function act(what, problems) {
  at(problems).textContent = "";
  try {
    await what();
  } catch (problem) {
    at(problems).textContent = problem.message;
  }
  await refresh();
}

function onSubmit(form, problems, what) {
  at(form).addEventListener("submit", (event) => {
    event.preventDefault();
    act(what, problems);
  });
}

at("address").textContent = location.origin;
at("fault-kind").addEventListener("change", () => { at("fault-json").value = at("fault-kind").value; });
at("forget").addEventListener("click", () => act(() => ask("requests", "DELETE"), "fault-problem"));
at("clear-faults").addEventListener("click", () => act(() => ask("faults", "DELETE"), "fault-problem"));
at("right-clock").addEventListener("click", () => act(() => ask("clock", "PUT", { shift_seconds: 0 }), "clock-problem"));
onSubmit("fault-form", "fault-problem", () => ask("faults", "POST", ruleOfForm()));
onSubmit("clock-form", "clock-problem", () => ask("clock", "PUT", { shift_seconds: at("shift-seconds").valueAsNumber }));
again();

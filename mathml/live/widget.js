/* A picture that follows the hand.

   Python draws; the browser keeps every frame under the state of all controls, shows what it has at once, and asks for
   the rest: at most two at a time, always for the newest state. While the hand rests near a control, it asks for the
   neighbours of the present state, so that they are there when they are wanted.

   A state is a whole number, a list of whole numbers, or a text (mathml/live/controls.py).
*/

const IN_FLIGHT = 2; // one frame that Python draws, one that waits for it
const KEPT = 12e6; // bytes of frames that a picture keeps
const DECODED = 8e6; // pixels of frames that are ready to be shown
const AHEAD = 40; // steps along the control that moved last
const BESIDE = 2; // steps along the others
const READY = 8; // frames, of these, that are decoded before they are wanted
const LEAP = 3; // steps at once that make a movement too quick for neighbours to be of use
const REST = 250; // ms without a movement after which the hand rests
const SLOW = 2000; // ms without an answer after which that is said
const WAITING = "Waiting for Python: it is busy, or this cell has to be run again.";
const BEAT = 700; // ms for a step of an algorithm that is played

// --- small things ---------------------------------------------------------------------------------

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name in made && typeof value !== "string") made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

const later = window.requestIdleCallback ?? ((call) => setTimeout(call, 20));
const clamp = (i, length) => Math.min(Math.max(i, 0), length - 1);
const spoken = (name) => name.replaceAll("_", " ");
const nearest = (places, x) => places.reduce((best, place, i) => (Math.abs(place - x) < Math.abs(places[best] - x) ? i : best), 0);

/** Where the arrow keys lead: [across, down] in steps, ten with Shift; null for another key. */
function arrow(event) {
  const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (!way) return null;
  event.preventDefault();
  return way.map((step) => step * (event.shiftKey ? 10 : 1));
}

// --- frames ---------------------------------------------------------------------------------------

/** What Python has drawn, by the state that it was drawn for; the oldest are given up when there are too many. */
class Frames {
  kept = new Map();
  bytes = 0;
  decoded = new Map();
  pixels = 0;

  get(key) {
    return this.kept.get(key);
  }

  put(key, frame) {
    this.drop(key);
    this.kept.set(key, frame);
    this.bytes += frame.png?.size ?? 0;
    while (this.bytes > KEPT) this.drop(this.kept.keys().next().value);
  }

  drop(key) {
    this.bytes -= this.kept.get(key)?.png?.size ?? 0;
    this.kept.delete(key);
    this.forget(key);
  }

  /** The frame ready to be shown, at once if it is decoded. */
  bitmap(key) {
    return this.decoded.get(key);
  }

  async decode(key) {
    const png = this.kept.get(key)?.png;
    if (!png || this.decoded.has(key)) return;
    const bitmap = await createImageBitmap(png);
    if (!this.kept.has(key) || this.decoded.has(key)) return bitmap.close();
    this.decoded.set(key, bitmap);
    this.pixels += bitmap.width * bitmap.height;
    for (const old of [...this.decoded.keys()]) {
      if (this.pixels <= DECODED || old === key) break;
      this.forget(old);
    }
  }

  forget(key) {
    const bitmap = this.decoded.get(key);
    if (!bitmap) return;
    this.pixels -= bitmap.width * bitmap.height;
    this.decoded.delete(key);
    bitmap.close();
  }

  /** Give back what can be decoded again. */
  rest() {
    [...this.decoded.keys()].forEach((key) => this.forget(key));
  }
}

// --- the picture ----------------------------------------------------------------------------------

class Picture {
  constructor(model, el) {
    this.model = model;
    this.frames = new Frames();
    this.state = { ...model.get("_state") };
    this.asked = new Map(); // the number of each request on its way, by its key
    this.number = 0; // of movements so far
    this.shown = 0; // the number of the movement that is shown
    this.movedAt = -Infinity;
    this.fetched = 0; // bytes since the last movement
    this.off = new AbortController();
    this.build(el);
    this.listen();
    this.open();
  }

  build(el) {
    const start = this.model.get("_start");
    const specs = Object.entries(this.model.get("_controls"));
    this.canvas = element("canvas", { role: "img", width: 1, height: 1 });
    this.place = element("div", { class: "mathml-live-picture" }, this.canvas);
    this.place.style.aspectRatio = `${start.width} / ${start.height}`;
    this.place.style.maxWidth = `${start.width}px`;
    this.told = element("div", { class: "mathml-live-told", role: "status" });
    this.message = element("div", { class: "mathml-live-message", role: "alert" });
    this.panel = element("div", { class: "mathml-live-controls" });
    const again = element("button", { type: "button", class: "mathml-live-again" }, "↺ start");
    again.title = "Back to where it was at the start";
    again.addEventListener("click", () => this.set({ ...this.first }));
    const foot = element("div", { class: "mathml-live-foot" }, this.message, ...(specs.length ? [again] : []));
    this.root = element("div", { class: "mathml-live" }, this.place, this.panel, foot, this.told);
    this.controls = new Map(specs.map(([name, spec]) => [name, new MAKERS[spec.kind](this, name, spec)]));
    this.ask = this.model.get("_question").text ? new Question(this, this.model.get("_question")) : null;
    el.append(this.root);
  }

  listen() {
    const { signal } = this.off;
    // Lab would take the keys that move a control, unless their target itself says no; Ctrl+S and the like stay its own.
    const keys = ({ target, ctrlKey, metaKey }) => {
      if (this.root.contains(target)) target.toggleAttribute("data-lm-suppress-shortcuts", !(ctrlKey || metaKey));
    };
    window.addEventListener("keydown", keys, { signal, capture: true });
    for (const event of ["pointerenter", "focusin"]) this.root.addEventListener(event, () => this.near(true), { signal });
    for (const event of ["pointerleave", "focusout"]) this.root.addEventListener(event, () => this.near(false), { signal });
    this.sight = new IntersectionObserver(([entry]) => entry.isIntersecting || this.frames.rest());
    this.sight.observe(this.root);
    this.heard = (message, buffers) => this.hear(message, buffers);
    this.followed = () => this.set(this.model.get("_state"), false);
    this.model.on("msg:custom", this.heard);
    this.model.on("change:_state", this.followed);
  }

  remove() {
    this.off.abort();
    this.sight.disconnect();
    this.model.off("msg:custom", this.heard);
    this.model.off("change:_state", this.followed);
    clearTimeout(this.resting);
    clearTimeout(this.waiting);
    this.controls.forEach((control) => control.stop?.());
    this.frames.rest();
  }

  /** The picture that came with the widget. */
  async open() {
    const { state, png, text, places } = this.model.get("_start");
    this.first = state;
    this.frames.put(this.key(state), { png: new Blob([png], { type: "image/png" }), text, places, early: true });
    this.controls.forEach((control, name) => control.show(this.state[name]));
    await this.follow();
  }

  // --- the hand ---

  /** A control moved. */
  move(name, value) {
    if (JSON.stringify(value) === JSON.stringify(this.state[name])) return;
    this.way = { name, from: this.state[name] };
    this.leap = Math.max(...[value].flat().map((i, k) => Math.abs(i - [this.state[name]].flat()[k])));
    this.set({ ...this.state, [name]: value });
  }

  set(state, tell = true) {
    if (this.key(state) === this.key()) return;
    this.state = { ...state };
    this.number += 1;
    this.movedAt = performance.now();
    this.fetched = 0;
    this.controls.forEach((control, name) => control.show(this.state[name]));
    this.follow();
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.rest(tell), REST);
  }

  rest(tell) {
    if (tell) {
      this.model.set("_state", this.state);
      this.model.save_changes();
    }
    this.resting = null;
    this.tell();
    this.ahead();
  }

  /** What is to be seen, to those who hear it: not on the way, but where the hand rests. */
  tell() {
    if (!this.resting) this.told.textContent = this.frames.get(this.key())?.text ?? "";
  }

  /** The hand is here: what it will want next is fetched. */
  near(here) {
    this.hand = here || this.root.matches(":hover, :focus-within");
    if (this.hand) this.ahead();
  }

  // --- frames ---

  key(state = this.state) {
    return `${window.devicePixelRatio} ${JSON.stringify(state)}`;
  }

  /** Show the present state, as soon as there is a frame for it. */
  async follow() {
    const key = this.key();
    const number = this.number;
    if (!this.frames.get(key)?.png) { // an error may have passed by now
      this.showLate();
      return this.request(this.state);
    }
    if (!this.frames.bitmap(key)) await this.frames.decode(key);
    this.arrive(key, number);
    this.ready();
    this.ahead();
  }

  paint(key, number) {
    const { text, places, error } = this.frames.get(key) ?? {};
    const bitmap = this.frames.bitmap(key);
    this.shown = number;
    this.say(error);
    this.root.classList.toggle("mathml-live-failed", Boolean(error));
    if (!bitmap) return;
    if (this.canvas.width !== bitmap.width || this.canvas.height !== bitmap.height) {
      Object.assign(this.canvas, { width: bitmap.width, height: bitmap.height });
    }
    this.canvas.getContext("2d").drawImage(bitmap, 0, 0);
    this.canvas.setAttribute("aria-label", text);
    if (number) this.tell();
    for (const [name, found] of Object.entries(places)) this.controls.get(name).lie(found, this.state[name]);
  }

  request(state) {
    const key = this.key(state);
    if (this.asked.size >= IN_FLIGHT || this.asked.has(key)) return;
    this.asked.set(key, this.number);
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.wait(), SLOW);
    this.model.send({ key, state, ratio: window.devicePixelRatio });
  }

  /** No answer for long. Who knows whether one will come: the next movement asks again. */
  wait() {
    this.asked.clear();
    this.say(WAITING);
  }

  /** An answer of Python's, to this view of the picture or to another one. */
  async hear(message, buffers) {
    if ("verdict" in message) return this.ask?.judge(message.verdict);
    const number = this.asked.get(message.key) ?? 0;
    this.asked.delete(message.key);
    clearTimeout(this.waiting);
    if (this.message.textContent === WAITING) this.say("");
    const png = buffers?.length ? new Blob([buffers[0]], { type: "image/png" }) : null;
    this.fetched += png?.size ?? 0;
    this.frames.put(message.key, { png, text: message.text, places: message.places ?? {}, error: message.error, early: false });
    this.next();
    if (message.key !== this.key() && number <= this.shown) return this.ready(); // asked for ahead
    await this.frames.decode(message.key);
    this.arrive(message.key, number);
  }

  /** A frame is ready: show it, unless the hand has moved on by now. */
  arrive(key, number) {
    if (key === this.key()) this.paint(key, this.number);
    else this.late = { key, number };
  }

  /** A frame that came too late is shown only if the hand moves on: so nothing moves after the hand has stopped. */
  showLate() {
    const { key, number } = this.late ?? {};
    if (number > this.shown && this.frames.bitmap(key)) this.paint(key, number);
    this.late = null;
  }

  next() {
    if (this.frames.get(this.key())) this.ahead();
    else this.request(this.state);
  }

  /** With nothing else to do, ask for a frame that will be wanted soon. */
  ahead() {
    const leaping = this.leap > LEAP && performance.now() - this.movedAt < REST;
    if (leaping || this.idle || !this.hand || this.asked.size || this.fetched > KEPT / 2 || document.hidden) return;
    this.idle = later(() => {
      this.idle = null;
      const next = this.asked.size ? null : [...this.neighbours()].find((state) => this.frames.get(this.key(state))?.early ?? true);
      if (next) this.request(next);
    });
  }

  /** Decode what will be wanted first, and leave room for as much of what was seen. */
  ready() {
    let room = Math.min(READY, DECODED / 2 / (this.canvas.width * this.canvas.height));
    for (const state of this.neighbours()) {
      if (room-- < 1) return;
      this.frames.decode(this.key(state));
    }
  }

  /** The states around the present one, the likeliest first: along the control that moved last, in its direction. */
  *neighbours() {
    const last = this.way?.name ?? this.controls.keys().next().value;
    yield this.state; // the picture that came along has not this screen's pixels
    for (let step = 1; step <= AHEAD; step++) {
      for (const name of this.controls.keys()) {
        if (name !== last && step > BESIDE) continue;
        for (const value of this.controls.get(name).steps(this.state[name], step, name === last ? this.way?.from : null)) {
          yield { ...this.state, [name]: value };
        }
      }
    }
  }

  say(words) {
    if (this.message.textContent === (words ?? "")) return;
    this.message.textContent = words ?? "";
    this.message.title = words ?? "";
  }
}

// --- controls below the picture -------------------------------------------------------------------

/** A row of the panel: the parameter's name, what moves it, and its value. */
class Row {
  constructor(picture, name, spec, input) {
    Object.assign(this, { picture, name, spec, input });
    this.output = element("output", { class: "mathml-live-value", "aria-hidden": "true" });
    input.setAttribute("aria-label", spoken(name));
    const label = element("span", { class: "mathml-live-name", "aria-hidden": "true" }, spoken(name));
    this.row = element("div", { class: `mathml-live-row mathml-live-${spec.kind}` }, label, input, this.output);
    picture.panel.append(this.row);
  }

  move(state) {
    this.picture.move(this.name, state);
  }

  show(state) {
    this.output.textContent = this.words(state);
    this.input.setAttribute("aria-valuetext", this.words(state));
  }

  words(state) {
    return this.spec.labels[state];
  }

  steps() {
    return [];
  }

  lock(locked) {
    this.row.inert = locked;
  }
}

/** The states `step` away, on the side that the movement came from last. */
function around(state, step, from, length) {
  const ahead = from !== null && from > state ? -step : step;
  return [state + ahead, state - ahead].filter((i) => i >= 0 && i < length);
}

class Slider extends Row {
  constructor(picture, name, spec) {
    const input = element("input", { type: "range", min: "0", max: String(spec.labels.length - 1), step: "1" });
    super(picture, name, spec, input);
    input.addEventListener("input", () => this.move(input.valueAsNumber));
    input.addEventListener("keydown", (event) => event.shiftKey && this.leap(event));
    // The value's place keeps its width, whatever is written there.
    this.output.style.minWidth = `${Math.max(...spec.labels.map((label) => label.length))}ch`;
  }

  leap(event) {
    const way = arrow(event);
    if (way) this.move(clamp(this.input.valueAsNumber + way[0] - way[1], this.spec.labels.length));
  }

  show(state) {
    this.input.valueAsNumber = state;
    super.show(state);
  }

  steps(state, step, from) {
    return around(state, step, from, this.spec.labels.length);
  }
}

class Play extends Slider {
  constructor(picture, name, spec) {
    super(picture, name, spec);
    this.button = element("button", { type: "button" });
    const both = element("span", { class: "mathml-live-both" });
    this.input.replaceWith(both);
    both.append(this.button, this.input);
    this.button.addEventListener("click", () => (this.beat ? this.stop() : this.play()));
    this.input.addEventListener("pointerdown", () => this.stop());
    this.stop();
  }

  get atTheEnd() {
    return this.input.valueAsNumber === this.spec.labels.length - 1;
  }

  play() {
    if (this.atTheEnd) this.move(0);
    this.beat = setInterval(() => this.step(), BEAT);
    this.face("❚❚", "pause");
  }

  step() {
    this.move(this.input.valueAsNumber + 1);
    if (this.atTheEnd) this.stop();
  }

  stop() {
    clearInterval(this.beat);
    this.beat = null;
    this.face("▶", "play");
  }

  face(sign, words) {
    this.button.textContent = sign;
    this.button.setAttribute("aria-label", `${words} ${spoken(this.name)}`);
  }
}

class Choice extends Row {
  constructor(picture, name, spec) {
    const options = spec.labels.map((label, i) => element("option", { value: String(i) }, label));
    const input = element("select", {}, ...options);
    super(picture, name, spec, input);
    this.output.remove();
    input.addEventListener("input", () => this.move(Number(input.value)));
  }

  show(state) {
    this.input.value = String(state);
  }

  steps(state, step, from) {
    return around(state, step, from, this.spec.labels.length);
  }
}

class Switch extends Row {
  constructor(picture, name, spec) {
    const input = element("input", { type: "checkbox" });
    super(picture, name, spec, input);
    this.output.remove();
    input.addEventListener("input", () => this.move(Number(input.checked)));
  }

  show(state) {
    this.input.checked = Boolean(state);
  }

  steps(state, step) {
    return step === 1 ? [1 - state] : [];
  }
}

class Text extends Row {
  constructor(picture, name, spec) {
    const input = element("input", { type: "text", spellcheck: false, autocomplete: "off" });
    super(picture, name, spec, input);
    this.output.remove();
    input.addEventListener("input", () => this.move(input.value));
  }

  show(state) {
    if (this.input.value !== state) this.input.value = state; // or the cursor would jump
  }
}

/** The entries of a vector or a matrix, a field for each. */
class Entries extends Row {
  constructor(picture, name, spec) {
    const group = element("div", { role: "group", class: "mathml-live-grid" });
    super(picture, name, spec, group);
    this.output.remove();
    group.style.gridTemplateColumns = `repeat(${spec.columns}, auto)`;
    const numbers = spec.labels.map((label) => Number(label.replace("−", "-").replace("∞", "Infinity")));
    this.fields = picture.state[name].map((_, k) => this.field(k, numbers));
    group.append(...this.fields);
  }

  field(k, numbers) {
    const place = `row ${Math.floor(k / this.spec.columns) + 1}, column ${(k % this.spec.columns) + 1}`;
    const step = String(+(numbers[1] - numbers[0]).toPrecision(6));
    const range = { min: String(numbers[0]), max: String(numbers.at(-1)), step };
    const field = element("input", { type: "number", ...range, "aria-label": `${spoken(this.name)}, ${place}` });
    field.addEventListener("input", () => {
      if (field.value === "") return;
      const state = [...this.picture.state[this.name]];
      state[k] = nearest(numbers, field.valueAsNumber);
      this.move(state);
    });
    field.addEventListener("blur", () => this.show(this.picture.state[this.name]));
    return field;
  }

  show(state) {
    this.fields.forEach((field, k) => {
      const words = this.spec.labels[state[k]].replace("−", "-");
      if (field !== field.getRootNode().activeElement || Number(field.value) !== Number(words)) field.value = words;
    });
  }

  steps(state, step, from) {
    return stepsOf(state, step, from, () => this.spec.labels.length);
  }
}

/** For a state of several numbers: on in the direction of the last movement, and one step to each side. */
function stepsOf(state, step, from, length) {
  const found = [];
  const onwards = from?.map((before, k) => Math.sign(state[k] - before) * step);
  if (onwards?.some(Boolean)) found.push(state.map((i, k) => clamp(i + onwards[k], length(k))));
  if (step > BESIDE) return found;
  state.forEach((i, k) => {
    for (const next of around(i, step, null, length(k))) found.push(Object.assign([...state], { [k]: next }));
  });
  return found;
}

/** Words in a row, to be put into another order: dragged, or moved with the arrow keys. */
class Order extends Row {
  constructor(picture, name, spec) {
    const list = element("div", { role: "group", class: "mathml-live-words" });
    super(picture, name, spec, list);
    this.output.remove();
    this.chips = spec.labels.map((label, thing) => this.word(label, thing));
    list.append(...this.chips);
  }

  word(label, thing) {
    const word = element("button", { type: "button", class: "mathml-live-word" }, label);
    word.addEventListener("keydown", (event) => {
      const way = arrow(event);
      if (way) this.shift(thing, this.picture.state[this.name].indexOf(thing) + Math.sign(way[0] + way[1]));
    });
    drag(word, (event) => this.shift(thing, this.under(event)));
    return word;
  }

  /** The place in the row that the pointer is over. */
  under({ clientX, clientY }) {
    const boxes = this.picture.state[this.name].map((thing) => this.chips[thing].getBoundingClientRect());
    const far = (box) => Math.hypot(clientX - (box.left + box.right) / 2, 3 * (clientY - (box.top + box.bottom) / 2));
    return boxes.reduce((best, box, i) => (far(box) < far(boxes[best]) ? i : best), 0);
  }

  shift(thing, to) {
    const others = this.picture.state[this.name].filter((other) => other !== thing);
    const place = clamp(to, others.length + 1);
    this.move([...others.slice(0, place), thing, ...others.slice(place)]);
  }

  show(state) {
    state.forEach((thing, place) => {
      this.chips[thing].style.order = place; // moved by style: an element that moves in the document loses the focus
      this.chips[thing].setAttribute("aria-label", `${this.spec.labels[thing]}, ${place + 1} of ${state.length}`);
    });
  }
}

/** Call `moved` with each event while the pointer drags an element. */
function drag(handle, moved) {
  handle.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    handle.setPointerCapture(event.pointerId);
    handle.focus({ preventScroll: true });
    handle.addEventListener("pointermove", moved);
    const done = () => handle.removeEventListener("pointermove", moved);
    handle.addEventListener("pointerup", done, { once: true });
    handle.addEventListener("pointercancel", done, { once: true });
    event.preventDefault();
  });
}

// --- controls in the picture ----------------------------------------------------------------------

/** What controls in the picture share: a row that says where they are, and the way from the pointer to a place. */
class Pointing extends Row {
  constructor(picture, name, spec, hint) {
    super(picture, name, spec, element("span", { class: "mathml-live-hint" }, hint));
    this.input.removeAttribute("aria-label"); // the handle in the picture has the name
  }

  /** The pointer's place in parts of the picture. */
  at({ clientX, clientY }) {
    const box = this.picture.place.getBoundingClientRect();
    return [(clientX - box.left) / box.width, (clientY - box.top) / box.height];
  }

  show(state) {
    this.output.textContent = this.words(state);
  }

  handle(kind, label) {
    const attributes = { tabindex: "0", role: "slider", class: `mathml-live-handle mathml-live-${kind}`, "aria-label": label };
    const handle = element("div", attributes);
    this.picture.place.append(handle);
    return handle;
  }

  lock(locked) {
    super.lock(locked);
    this.handles.forEach((handle) => (handle.inert = locked));
  }
}

function put(handle, left, top, words) {
  Object.assign(handle.style, { left: `${100 * left}%`, top: `${100 * top}%` });
  handle.setAttribute("aria-valuetext", words);
}

class Points extends Pointing {
  constructor(picture, name, spec) {
    super(picture, name, spec, "drag it in the picture");
    this.number = picture.state[name].length / 2;
    this.handles = Array.from({ length: this.number }, (_, k) => this.point(k));
  }

  point(k) {
    const label = this.number > 1 ? `${spoken(this.name)} ${k + 1}` : spoken(this.name);
    const handle = this.handle("point", label);
    handle.setAttribute("aria-roledescription", "point");
    const to = (column, row) => {
      const state = [...this.picture.state[this.name]];
      state[2 * k] = clamp(column, this.spec.across.length);
      state[2 * k + 1] = clamp(row, this.spec.down.length);
      this.move(state);
    };
    handle.addEventListener("keydown", (event) => {
      const way = arrow(event);
      const [column, row] = this.picture.state[this.name].slice(2 * k);
      const up = Math.sign(this.spec.down[0] - this.spec.down.at(-1)); // rows are counted upwards, on most Axes
      if (way) to(column + way[0], row - up * way[1]);
    });
    drag(handle, (event) => {
      const [x, y] = this.at(event);
      to(nearest(this.spec.across, x), nearest(this.spec.down, y));
    });
    return handle;
  }

  show(state) {
    super.show(state);
    this.handles.forEach((handle, k) => {
      const [column, row] = state.slice(2 * k);
      put(handle, this.spec.across[column], this.spec.down[row], this.pair(column, row));
    });
  }

  pair(column, row) {
    return `(${this.spec.columns[column]}, ${this.spec.rows[row]})`;
  }

  words(state) {
    return this.number > 1 ? "" : this.pair(...state);
  }

  steps(state, step, from) {
    return stepsOf(state, step, from, (k) => (k % 2 ? this.spec.down.length : this.spec.across.length));
  }
}

/** Call `pointed` while the pointer is over the area; a click holds what is pointed at, another one lets it go. */
function hover(area, pointed) {
  let held = false;
  area.addEventListener("pointermove", (event) => held || pointed(event));
  area.addEventListener("click", (event) => {
    if (!held) pointed(event);
    held = !held;
    area.classList.toggle("mathml-live-held", held);
  });
}

class Cells extends Pointing {
  constructor(picture, name, spec) {
    super(picture, name, spec, "point at a cell");
    const area = this.handle("cells", spoken(name));
    const mark = element("div", { class: "mathml-live-cell" });
    Object.assign(this, { area, mark, handles: [area] });
    area.append(mark);
    area.setAttribute("aria-roledescription", "cell");
    const [width, height] = [spec.across, spec.down].map((places) => Math.abs(places[1] - places[0]));
    this.box = { left: Math.min(...spec.across) - width / 2, top: Math.min(...spec.down) - height / 2, width, height };
    Object.assign(area.style, percent({ ...this.box, width: width * spec.across.length, height: height * spec.down.length }));
    Object.assign(mark.style, percent({ width: 1 / spec.across.length, height: 1 / spec.down.length }));
    area.addEventListener("keydown", (event) => {
      const way = arrow(event);
      const [row, column] = this.picture.state[name];
      const on = Math.sign(spec.down.at(-1) - spec.down[0]); // with origin="lower", rows are counted upwards
      if (way) this.move([clamp(row + on * way[1], spec.down.length), clamp(column + way[0], spec.across.length)]);
    });
    hover(area, (event) => {
      const [x, y] = this.at(event);
      this.move([nearest(spec.down, y), nearest(spec.across, x)]);
    });
  }

  show(state) {
    super.show(state);
    const [row, column] = state;
    const { across, down } = this.spec;
    const { left, top, width, height } = this.box;
    const part = (place, start, size, number) => ((place - start) / size - 0.5) / number; // of the whole heat map
    put(this.mark, part(across[column], left, width, across.length), part(down[row], top, height, down.length), "");
    this.area.setAttribute("aria-valuetext", this.words(state));
  }

  words([row, column]) {
    return `row ${row + 1}, column ${column + 1}`;
  }

  steps(state, step) {
    return stepsOf(state, step, null, (k) => (k ? this.spec.across.length : this.spec.down.length));
  }
}

const percent = (box) => Object.fromEntries(Object.entries(box).map(([side, part]) => [side, `${100 * part}%`]));

class Nodes extends Pointing {
  constructor(picture, name, spec) {
    super(picture, name, spec, "point at one in the picture");
    this.area = this.handle("nodes", spoken(name));
    this.handles = [this.area];
    this.places = [];
    this.area.addEventListener("keydown", (event) => {
      const way = arrow(event);
      if (way) this.move(this.next(way));
    });
    hover(this.area, (event) => this.move(this.near(this.at(event), () => true)));
  }

  /** Python says where the nodes are, with each frame. */
  lie(places, state) {
    this.places = places;
    this.show(state);
  }

  near([x, y], among) {
    const shape = this.picture.place.clientHeight / this.picture.place.clientWidth;
    const far = ([a, b]) => Math.hypot(a - x, shape * (b - y));
    const there = this.places.map((place, i) => [among(place) ? far(place) : Infinity, i]);
    return there.reduce((best, one) => (one[0] < best[0] ? one : best))[1];
  }

  /** The nearest node that lies rather in this direction than in another. */
  next([across, down]) {
    const here = this.places[this.picture.state[this.name]];
    const ahead = ([x, y]) => {
      const [right, below] = [x - here[0], y - here[1]];
      const [along, aside] = across ? [right * Math.sign(across), below] : [below * Math.sign(down), right];
      return along > 0 && along >= Math.abs(aside);
    };
    const found = this.near(here, ahead);
    return ahead(this.places[found]) ? found : this.picture.state[this.name];
  }

  words(state) {
    return `${state + 1} of ${this.places.length}`;
  }

  show(state) {
    super.show(state);
    this.area.setAttribute("aria-valuetext", this.words(state));
  }
}

const MAKERS = {
  slider: Slider,
  play: Play,
  choice: Choice,
  switch: Switch,
  text: Text,
  entries: Entries,
  order: Order,
  points: Points,
  cells: Cells,
  nodes: Nodes,
};

// --- the question before --------------------------------------------------------------------------

/** A guess, asked for before anything can be moved. How far off it was is said when the learner has looked. */
class Question {
  constructor(picture, asked) {
    this.picture = picture;
    const said = element("p", { class: "mathml-live-question" }, asked.text);
    this.answers = asked.options.length ? this.options(asked) : this.number(asked);
    const guess = element("button", { type: "submit", class: "mathml-live-guess" }, "Predict");
    const skip = element("button", { type: "button" }, "Just look");
    this.form = element("form", { class: "mathml-live-form" }, this.answers, guess, skip);
    this.verdict = element("p", { class: "mathml-live-verdict", role: "status" });
    this.compare = element("button", { type: "button" }, "How far off was that?");
    const after = element("div", { class: "mathml-live-after" }, this.verdict, this.compare);
    this.box = element("div", { class: "mathml-live-predict" }, said, this.form, after);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.give(new FormData(this.form).get("guess"), asked);
    });
    this.form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
      event.preventDefault(); // Lab lets a number field have the key, but not the form
      this.form.requestSubmit();
    });
    this.compare.addEventListener("click", () => picture.model.send({ guess: this.guess }));
    skip.addEventListener("click", () => this.open("Move the picture, and see.", false));
    picture.panel.before(this.box);
    this.lock(true);
  }

  number({ unit }) {
    const field = element("input", { type: "number", name: "guess", step: "any", required: true, "aria-label": "your prediction" });
    return element("span", { class: "mathml-live-answers" }, field, unit);
  }

  options({ options }) {
    const one = (words) =>
      element("label", {}, element("input", { type: "radio", name: "guess", value: words, required: true }), words);
    return element("span", { class: "mathml-live-answers", role: "radiogroup", "aria-label": "your prediction" }, ...options.map(one));
  }

  give(words, { options, unit }) {
    this.guess = options.length ? words : Number(words);
    this.open(`You predicted ${options.length ? `“${words}”` : words + unit}. Now move the picture, and see.`, true);
  }

  open(words, guessed) {
    this.form.inert = true;
    this.box.classList.add("mathml-live-asked");
    this.verdict.textContent = words;
    this.compare.hidden = !guessed;
    this.lock(false);
    const { panel, place } = this.picture;
    const first = panel.querySelector("input, select, button") ?? place.querySelector(".mathml-live-handle");
    first?.focus({ preventScroll: true });
  }

  lock(locked) {
    this.picture.controls.forEach((control) => control.lock(locked));
    this.picture.root.classList.toggle("mathml-live-locked", locked);
  }

  judge(words) {
    this.verdict.textContent = words;
    this.compare.hidden = true;
  }
}

export default {
  render({ model, el }) {
    const picture = new Picture(model, el);
    return () => picture.remove();
  },
};

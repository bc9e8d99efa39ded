// Checks an entry of the log in this browser, from what stands on the page and nothing else: the entry is hashed, joined
// with its neighbours up to a root (RFC 9162, 2.1.3.2), and the signature over that root is checked with the log's key.
const place = document.querySelector("[data-proof]");
const bytes = (text) => new TextEncoder().encode(text);
const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const hex = (array) => [...array].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const unbase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const base64 = (array) => btoa(String.fromCharCode(...array));
const brief = (hash) => `${hash.slice(0, 8)}…${hash.slice(-6)}`;
const sha256 = async (...parts) => {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", all));
};
const node = (left, right) => sha256(Uint8Array.of(1), left, right);

const climb = async (leaf, index, size) => {
  let hash = leaf;
  let at = BigInt(index);
  let last = BigInt(size) - 1n;
  for (const step of document.querySelectorAll("[data-step]")) {
    if (last === 0n) throw new Error("The proof has more steps than the tree is high.");
    const neighbour = unhex(step.dataset.step);
    if (at % 2n === 1n || at === last) {
      hash = await node(neighbour, hash);
      while (at % 2n === 0n && at !== 0n) {
        at >>= 1n;
        last >>= 1n;
      }
    } else {
      hash = await node(hash, neighbour);
    }
    at >>= 1n;
    last >>= 1n;
    const shown = step.querySelector("[data-joined]");
    shown.textContent = brief(hex(hash));
    shown.title = hex(hash);
  }
  if (last !== 0n) throw new Error("The proof has fewer steps than the tree is high.");
  return hash;
};

// name+id+base64(0x01 || key), and a note whose body is signed by it (c2sp.org/signed-note).
const opened = async (note, verifier) => {
  const name = verifier.slice(0, verifier.indexOf("+"));
  const typed = unbase64(verifier.slice(verifier.indexOf("+", name.length + 1) + 1));
  if (typed.length !== 33 || typed[0] !== 1) throw new Error("The log's key is no Ed25519 key.");
  const id = (await sha256(bytes(name), Uint8Array.of(10), typed)).slice(0, 4);
  const gap = note.indexOf("\n\n");
  const body = note.slice(0, gap + 1);
  const key = await crypto.subtle.importKey("raw", typed.slice(1), { name: "Ed25519" }, false, ["verify"]);
  for (const line of note.slice(gap + 2).split("\n")) {
    if (!line.startsWith(`— ${name} `)) continue;
    const signature = unbase64(line.slice(name.length + 3));
    if (signature.length === 68 && hex(signature.slice(0, 4)) === hex(id)
        && (await crypto.subtle.verify({ name: "Ed25519" }, key, signature.slice(4), bytes(body)))) {
      const [origin, size, root] = body.split("\n");
      if (origin !== name) throw new Error("The head is of another log.");
      return { size, root: unbase64(root) };
    }
  }
  throw new Error("The signature of the head is not one of the log's key.");
};

const tell = (tone, word, strong, rest) => {
  place.className = `note ${tone}`;
  const sign = place.querySelector(".sig");
  sign.className = `sig ${tone}`;
  sign.querySelector("use").setAttribute("href", `/icons/sprite.svg#sig-${tone}`);
  sign.querySelector("span").textContent = word;
  const bold = document.createElement("b");
  bold.textContent = strong;
  place.querySelector("[data-verdict]").replaceChildren(bold, ` ${rest}`);
};

const check = async () => {
  const { index, size, entry, note, logKey } = place.dataset;
  const leaf = await sha256(Uint8Array.of(0), bytes(entry));
  const shown = document.querySelector("[data-leaf]");
  shown.textContent = brief(hex(leaf));
  shown.title = hex(leaf);
  const root = await climb(leaf, index, size);
  const head = await opened(note, logKey);
  if (head.size !== size || base64(head.root) !== base64(root)) {
    throw new Error(`The entry leads to the root ${brief(hex(root))}, signed was ${brief(hex(head.root))}.`);
  }
  document.querySelector("[data-equal]").textContent = "Equal";
  const steps = document.querySelectorAll("[data-step]").length;
  tell("clear", "Clear", "This entry is in the log, unchanged.",
    `${steps} ${steps === 1 ? "step leads" : "steps lead"} from it to the signed head, and the signature is the log's. Checked in this browser at ${new Date().toLocaleTimeString("en-GB")}, nothing was sent.`);
};

if (place && !crypto.subtle) {
  tell("caution", "Not checked", "This browser checks nothing on an unprotected connection.", "Open the page over https, or check the proof file.");
} else if (place) {
  check().catch((error) => {
    if (error.name === "NotSupportedError") {
      tell("caution", "Not checked", "This browser knows no Ed25519 signatures.", "Check the proof file instead.");
    } else {
      tell("stop", "Stop", "This entry does not fit the signed log.", error.message);
    }
  });
}

// Lints the state beside the gateway and says in its log what contradicts itself. Never throws, never waits.
import { execFile } from "node:child_process";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const COMMAND = $command;
const STATE = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");
let running = false;
let again = false;
let said = "";

export default function handler() {
  if (running) {
    again = true;
    return;
  }
  running = true;
  const words = [...COMMAND.slice(1), "lint", STATE, "--format", "json"];
  execFile(COMMAND[0], words, { timeout: 60_000, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
    running = false;
    const text = summary(error, stdout, stderr);
    if (text !== said) {
      said = text;
      (text ? console.warn : console.log)("[authlint] " + (text || "no problems found"));
    }
    if (again) {
      again = false;
      handler();
    }
  });
}

function summary(error, stdout, stderr) {
  try {
    const found = JSON.parse(stdout).findings.filter(
      (one) => one.severity !== "note" && !one.suppression && one.baseline !== "unchanged",
    );
    if (!found.length) return "";
    const rules = [...new Set(found.map((one) => one.rule))];
    return found.length + " to look at (" + rules.join(", ") + "): run `authlint lint` on this machine";
  } catch {
    return "could not lint: " + (stderr.trim().split("\n")[0] || error?.code || "no report");
  }
}

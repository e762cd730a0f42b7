// Validates the glb files named in the JSON array on standard input with the Khronos glTF
// validator and prints one JSON array: [{path, messages: [{code, severity, message, pointer}]}].
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(process.cwd() + '/');
const validator = require('gltf-validator');
const severities = ['error', 'warning', 'information', 'hint'];
const out = [];
for (const path of JSON.parse(readFileSync(0, 'utf8'))) {
  try {
    const report = await validator.validateBytes(new Uint8Array(readFileSync(path)), { uri: path, maxIssues: 1000 });
    out.push({
      path,
      messages: report.issues.messages.map((m) => ({
        code: m.code, severity: severities[m.severity], message: m.message, pointer: m.pointer ?? '',
      })),
    });
  } catch (e) {
    out.push({ path, messages: [{ code: 'UNREADABLE', severity: 'error', message: String(e), pointer: '' }] });
  }
}
process.stdout.write(JSON.stringify(out));

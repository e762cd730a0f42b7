// The field of clouds is a sum of copies of one tile, turned and scaled so that they repeat
// together only after 64 tiles (layerRepeat), farther than any cloud is seen: all numbers are
// whole 64ths. Go: fieldTwin (cloudlayer_test.go).
const mat2 FIELD_TURN = mat2(90.0, 63.0, -63.0, 90.0) / 64.0;    // 1.72 times as fine
const mat2 FIELD_FINE = mat2(-351.0, 467.0, -467.0, -351.0) / 64.0; // 9.13
const mat2 FIELD_WIDE = mat2(44.0, -31.0, 31.0, 44.0) / 64.0;    // 0.84
const mat2 FIELD_CLUSTERS = mat2(16.0, 8.0, -8.0, 16.0) / 64.0; // 0.28
const mat2 FIELD_BANKS = mat2(7.0, 3.0, -3.0, 7.0) / 64.0;       // 0.12: a tile is 160 km wide
const float FIELD_MEAN = 0.564;

// The share of banks so many metres from the eye: near it the cover is what was asked for.
float banksAt(float t) { return 0.55 * smoothstep(1.2e4, 6e4, t); }

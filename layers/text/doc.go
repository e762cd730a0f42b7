// Package text shapes strings of any script into glyph quads of a signed distance field.
//
// Fonts are tried in order for each character: the embedded Go fonts, then, where asked,
// the system's. Shaping is HarfBuzz's (go-text/typesetting).
package text

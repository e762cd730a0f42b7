//go:build g3n

package objdae

import (
	"bytes"
	"net/url"
	"strconv"
	"strings"
)

// plainOBJ returns the lines of an OBJ that g3n reads, in the form that it reads right, and
// for each mtllib the names that it may mean: all of the line, then each word.
func plainOBJ(data []byte) (out []byte, libraries [][]string) {
	each(data, func(key, rest string) {
		switch key {
		case "v", "vn", "vt", "f":
			rest, _, _ = strings.Cut(rest, "#")
			if key == "vt" && len(strings.Fields(rest)) == 1 {
				rest += " 0"
			}
			out = append(out, key+" "+rest+"\n"...)
		case "o", "g":
			if rest == "" {
				rest = "unnamed"
			}
			out = append(out, key+" "+url.PathEscape(rest)+"\n"...)
		case "usemtl":
			if rest != "" {
				out = append(out, key+" "+url.PathEscape(rest)+"\n"...)
			}
		case "mtllib":
			if words := strings.Fields(rest); len(words) == 1 {
				libraries = append(libraries, words)
			} else if len(words) > 1 {
				libraries = append(libraries, append([]string{rest}, words...))
			}
		}
	})
	return out, libraries
}

// plainMTL does the same for a material library; materials are white and opaque where they
// do not say otherwise, Tr becomes d, and illum 1 marks those that a library has.
func plainMTL(data []byte) []byte {
	var out []byte
	begun := false
	each(data, func(key, rest string) {
		switch key {
		case "newmtl":
			if begun = rest != ""; begun {
				out = append(out, "newmtl "+url.PathEscape(rest)+"\nKd 1 1 1\nd 1\nillum 1\n"...)
			}
			return
		case "Tr":
			t, err := strconv.ParseFloat(rest, 32)
			if err != nil {
				return
			}
			key, rest = "d", strconv.FormatFloat(1-t, 'g', -1, 32)
		case "d":
			rest = strings.TrimSpace(strings.TrimPrefix(rest, "-halo"))
		case "map_Kd":
			rest = url.PathEscape(picture(rest))
		case "Kd", "Ke", "Ks":
			if strings.HasPrefix(rest, "spectral") || strings.HasPrefix(rest, "xyz") {
				return // no colours of a screen
			}
			if w := strings.Fields(rest); len(w) == 1 { // one number is a grey
				rest = w[0] + " " + w[0] + " " + w[0]
			}
		case "Ns":
		default:
			return
		}
		if begun && rest != "" {
			out = append(out, key+" "+rest+"\n"...)
		}
	})
	return out
}

// picture is the file name of a map_Kd line behind its options.
func picture(rest string) string {
	words := map[string]int{"-blendu": 1, "-blendv": 1, "-cc": 1, "-clamp": 1, "-texres": 1, "-bm": 1, "-boost": 1, "-imfchan": 1, "-type": 1, "-mm": 2}
	next := func() (string, string) {
		w, r, _ := strings.Cut(rest, " ")
		return w, strings.TrimLeft(r, " \t")
	}
	for strings.HasPrefix(rest, "-") {
		w, r := next()
		n, ok := words[w]
		if !ok && w != "-o" && w != "-s" && w != "-t" {
			return rest
		}
		rest = r
		for i := 0; i < n; i++ {
			_, rest = next()
		}
		for i := 0; !ok && i < 3; i++ { // up to three numbers
			w, r := next()
			if _, err := strconv.ParseFloat(w, 64); err != nil {
				break
			}
			rest = r
		}
	}
	return rest
}

// each calls f with the key and the rest of every line, continued lines joined, without
// comments.
func each(data []byte, f func(key, rest string)) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	var joined []byte
	for len(data) > 0 {
		var line []byte
		line, data, _ = bytes.Cut(data, []byte("\n"))
		line = bytes.TrimSpace(line)
		if n := len(line); n > 0 && line[n-1] == '\\' {
			joined = append(append(joined, line[:n-1]...), ' ')
			continue
		}
		joined = append(joined, line...)
		s := strings.ToValidUTF8(string(joined), "_")
		joined = joined[:0]
		if s == "" || s[0] == '#' {
			continue
		}
		i := strings.IndexAny(s, " \t")
		if i < 0 {
			i = len(s)
		}
		f(s[:i], strings.TrimSpace(s[i:]))
	}
}

package objdae

import "testing"

func TestDetectGoesByContent(t *testing.T) {
	for data, want := range map[string]Format{
		"# by hand\nmtllib a.mtl\nv 1.0 2.0 3.0\n":                 OBJ,
		"v -1 0 0\r\nv 1e3 0 0\r\nv 0 1 0\r\nf 1 2 3\r\n":          OBJ,
		"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- x --><COLLADA>": COLLADA,
		"<c:COLLADA xmlns:c=\"x\">":                                COLLADA,
		"<kml><COLLADA/></kml>":                                    "",
		"glTF\x02\x00\x00\x00":                                     "",
		`{"asset":{"version":"2.0"}}`:                              "",
		"v,f\n1,2\n":                                               "",
		"":                                                         "",
	} {
		if got := Detect([]byte(data)); got != want {
			t.Errorf("%q: %q, want %q", data, got, want)
		}
	}
}

func TestReadRefusesOther(t *testing.T) {
	if _, err := Read("a.txt", []byte("hello"), nil); err == nil || err.Error() != "a.txt: neither OBJ nor COLLADA" {
		t.Error(err)
	}
}

package generate

import (
	"debug/elf"
	"os"
	"sync"
)

// tool names the build that is running: by the identity that Go's linker has given it, which
// is a hash of all of it, else by its content.
var tool = sync.OnceValue(func() digest {
	d := newDigest("longtake")
	self, err := os.Executable()
	if err != nil {
		return d.sum() // one that cannot be read cannot be told from others
	}
	if id := buildID(self); len(id) > 0 {
		d.bytes(id)
	} else {
		_ = hashContent(d.h, self)
	}
	return d.sum()
})

// buildID is the note with the build's identity; nil where the file has none.
func buildID(path string) []byte {
	f, err := elf.Open(path)
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }()
	note := f.Section(".note.go.buildid")
	if note == nil {
		return nil
	}
	id, err := note.Data()
	if err != nil || len(id) < 64 { // it was built without one
		return nil
	}
	return id
}

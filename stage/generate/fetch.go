package generate

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"

	"github.com/longtake/longtake/internal/scratch"
	"github.com/longtake/longtake/internal/whole"
	"github.com/longtake/longtake/layers/table/feed"
	"github.com/longtake/longtake/scene"
)

// Fetched is what an address held when a package was made.
type Fetched struct {
	Source  string `json:"source"`
	Address string `json:"address"` // without what follows ?, which may be a key
	SHA256  string `json:"sha256"`
	Bytes   int    `json:"bytes"`
}

// addresses calls visit with each address of the sources that are drawn, once, in order.
func addresses(doc *scene.Document, visit func(source, address string) error) error {
	seen := map[string]bool{}
	for _, name := range usedSources(doc) {
		for _, p := range doc.Sources[name].Path {
			if !feed.IsAddress(p) || seen[p] {
				continue
			}
			seen[p] = true
			if err := visit(name, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// fetch returns the document with files in place of the addresses of its sources, which are read
// now, once; release removes them.
func fetch(ctx context.Context, doc *scene.Document) (out *scene.Document, release func(), err error) {
	missing := false
	_ = addresses(doc, func(_, address string) error {
		missing = missing || doc.Snapshots[address] == ""
		return nil
	})
	if !missing {
		return doc, func() {}, nil
	}
	folder, err := scratch.New("longtake-fetched-")
	if err != nil {
		return nil, nil, fmt.Errorf("generate: %w", err)
	}
	with := *doc
	with.Snapshots = map[string]string{}
	err = addresses(doc, func(source, address string) error {
		a := feed.Address{URL: address}
		body, _, err := a.Read(ctx)
		if err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return SourceFault(doc, source, "path", fmt.Errorf("source %s: %w", source, err))
		}
		file := filepath.Join(folder.Path, fmt.Sprint(len(with.Snapshots)), feed.Name(address))
		with.Snapshots[address] = file
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			return fmt.Errorf("generate: %w", err)
		}
		return whole.Bytes(file, body)
	})
	if err != nil {
		folder.Remove()
		return nil, nil, err
	}
	return &with, folder.Remove, nil
}

// fetched tells what was read in place of addresses.
func fetched(doc *scene.Document) (out []Fetched, err error) {
	err = addresses(doc, func(source, address string) error {
		body, err := os.ReadFile(doc.Resolve(address))
		if err != nil {
			return fmt.Errorf("generate: %w", err)
		}
		sum := sha256.Sum256(body)
		out = append(out, Fetched{source, feed.Shown(address), hex.EncodeToString(sum[:]), len(body)})
		return nil
	})
	return out, err
}

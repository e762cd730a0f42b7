package generate

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/longtake/longtake/geo/spool"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/internal/whole"
)

// keptPackage is a finished package as a list of files of the store: a run whose inputs are
// all the same takes it from there.
type keptPackage struct {
	Summary Summary
	Files   []keptFile
}

// keptFile is a file of a package and where the store has it.
type keptFile struct {
	Path string // in the package, with slashes
	Kept string // in the store, with slashes
	Sum  string // of its content
}

// ledger notes which files of the store the tiles of a package are.
type ledger struct {
	mu      sync.Mutex
	folders map[*tiles.Writer]string
	sums    map[digest]digest // of glbs by the names of tiles that are not put yet
	files   *spool.File       // keptFile as JSON, each with a comma before it
	err     error             // the first that writing met
}

func newLedger(dir string) ledger {
	return ledger{folders: map[*tiles.Writer]string{}, sums: map[digest]digest{}, files: spool.NewFile(dir, 1<<18)}
}

// writer makes a tileset in a folder of the package.
func (g *generation) writer(folder string, grid tiles.Grid, o tiles.WriterOptions) (*tiles.Writer, error) {
	w, err := tiles.NewWriter(filepath.Join(g.dir, filepath.FromSlash(folder)), grid, o)
	if err == nil {
		g.ledger.mu.Lock()
		defer g.ledger.mu.Unlock()
		g.ledger.folders[w] = folder
	}
	return w, err
}

// sum notes the sum of a tile's glb.
func (l *ledger) sum(name, sum digest) {
	if sum == (digest{}) { // an empty one is not put
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sums[name] = sum
}

// put notes that a tile has been put into the package.
func (l *ledger) put(w *tiles.Writer, a tiles.Address, name digest, kept string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	folder, ok := l.folders[w]
	sum, known := l.sums[name]
	if !ok || !known {
		return
	}
	delete(l.sums, name)
	line, err := json.Marshal(keptFile{folder + "/" + a.String() + ".glb", kept, sum.String()})
	if err == nil {
		_, err = l.files.Write(append([]byte{','}, line...))
	}
	if l.err == nil {
		l.err = err
	}
}

// has tells whether a file of the package is a tile that was put.
func (l *ledger) has(rel string) bool {
	if !strings.HasSuffix(rel, ".glb") {
		return false
	}
	for _, folder := range l.folders {
		if strings.HasPrefix(rel, folder+"/") {
			return true
		}
	}
	return false
}

// text is all that was put.
func (l *ledger) text() ([]byte, error) {
	if l.err != nil {
		return nil, l.err
	}
	if err := l.files.Flush(); err != nil {
		return nil, err
	}
	return l.files.Slice(0, int(l.files.Size()))
}

// packageName names a finished package by all that it is made of.
func (g *generation) packageName() (digest, error) {
	key := g.key("package")
	key.text(fmt.Sprint(g.Plain))
	all, err := packageKey(g.doc, g.Options)
	key.text(all)
	return key.sum(), err
}

// keepPackage keeps what has been made under a name.
func (g *generation) keepPackage(name digest, s *Summary) error {
	p := keptPackage{Summary: *s}
	err := filepath.WalkDir(g.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(g.dir, path)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if g.ledger.has(rel) {
			return nil
		}
		f, err := g.keepFile(rel, path)
		p.Files = append(p.Files, f)
		return err
	})
	if err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	data, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	tiles, err := g.ledger.text()
	if err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	const end = "]}" // of the files, of which there are some, and of all
	return g.store.put(name, slices.Concat(bytes.TrimSuffix(data, []byte(end)), tiles, []byte(end)))
}

// keepFile keeps a file of the package that is no tile, by its content.
func (g *generation) keepFile(rel, path string) (keptFile, error) {
	sum, err := fileSum(path)
	if err != nil {
		return keptFile{}, err
	}
	to := g.store.path(sum) + ".file"
	f := keptFile{rel, g.store.name(sum) + ".file", sum.String()}
	if there, err := fileSum(to); err == nil && there == sum {
		return f, nil
	}
	if err := os.Remove(to); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return f, err
	}
	return f, share(rel, path, to)
}

// share gives a file a second place. Those of tilesets are linked where they can be; others
// may be edited in the package, and are copied.
func share(rel, from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
		return err
	}
	if strings.HasPrefix(rel, "tiles/") && os.Link(from, to) == nil {
		return nil
	}
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return whole.Bytes(to, data)
}

// takePackage makes the package of what is kept under a name; nil where that is nothing, or
// a file of it is no longer what it was.
func (g *generation) takePackage(ctx context.Context, name digest) (*Summary, error) {
	data, ok := g.store.get(name)
	p := &keptPackage{}
	if !ok || json.Unmarshal(data, p) != nil {
		return nil, nil
	}
	err := g.budget.jobs(ctx, len(p.Files), nil, func(i int) error {
		f := &p.Files[i]
		rel, from := filepath.FromSlash(f.Path), filepath.Join(g.store.dir, filepath.FromSlash(f.Kept))
		if !filepath.IsLocal(rel) {
			return errSum
		}
		sum, err := fileSum(from)
		if err == nil && sum.String() != f.Sum {
			err = errSum
		}
		if err != nil {
			return err
		}
		return share(f.Path, from, filepath.Join(g.dir, rel))
	}, nil)
	if err == nil {
		return &p.Summary, nil
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err := os.RemoveAll(g.dir); err != nil { // it is made anew
		return nil, fmt.Errorf("generate: %w", err)
	}
	return nil, os.Mkdir(g.dir, 0o755)
}

package generate

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/longtake/longtake/internal/scratch"
	"github.com/longtake/longtake/layers/basemap"
	"github.com/longtake/longtake/layers/table/feed"
	"github.com/longtake/longtake/scene"
)

// PrepareOptions say where packages are kept.
type PrepareOptions struct {
	Cache string // a folder; "" = the user's cache; "off" = a temporary folder
	Options
}

// temporaryPrefix begins the folders of packages that are not kept. Each is locked while it
// is played, so that the next run can remove what a killed one has left.
const temporaryPrefix = "longtake-package-"

// Prepare returns the folder of a package that plays the document: the document's own
// folder where it is a package, else one from the cache or freshly generated. release
// removes what is temporary; call it when the package is no longer needed.
func Prepare(ctx context.Context, doc *scene.Document, o PrepareOptions) (dir string, release func(), err error) {
	if doc.Package != nil {
		return doc.Dir, func() {}, nil
	}
	doc, fetchedAside, err := fetch(ctx, doc)
	if err != nil {
		return "", nil, err
	}
	defer fetchedAside()
	if o.Cache == "off" {
		tmp, err := scratch.New(temporaryPrefix)
		if err != nil {
			return "", nil, fmt.Errorf("generate: %w", err)
		}
		dir := filepath.Join(tmp.Path, "package")
		if _, err := Run(ctx, doc, dir, o.Options); err != nil {
			tmp.Remove()
			return "", nil, err
		}
		return dir, tmp.Remove, nil
	}
	folder := o.Cache
	if folder == "" {
		if folder, err = CacheFolder(); err != nil {
			return "", nil, err
		}
	}
	key, err := packageKey(doc, o.Options)
	if err != nil {
		return "", nil, err
	}
	dir = filepath.Join(folder, key)
	if IsPackage(dir) && !o.Strict { // a strict run has to see what is left out
		now := time.Now()
		_ = os.Chtimes(filepath.Join(dir, "report.json"), now, now) // when it was last used
		return dir, func() {}, nil
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return "", nil, fmt.Errorf("cache: %w: use --cache with a folder that can be written, or --cache off", err)
	}
	if o.Parts == "" {
		o.Parts = filepath.Join(folder, partsFolder)
	}
	_, err = Run(ctx, doc, dir, o.Options)
	return dir, func() {}, err
}

// packageKey names a package by what it is made of: the document, the content of every
// file that it reads, the options and the longtake that makes it.
func packageKey(doc *scene.Document, o Options) (string, error) {
	h := sha256.New()
	fmt.Fprintf(h, "longtake %s layout %d\n", o.Version, PackageVersion)
	fmt.Fprintf(h, "build %v\n", tool()) // another one may make other tiles
	fmt.Fprintf(h, "plain %v\n", o.Plain)
	if o.BBox != nil {
		fmt.Fprintf(h, "bbox %v\n", *o.BBox)
	}
	if err := doc.Write(h, scene.JSON); err != nil {
		return "", err
	}
	for _, s := range doc.Sources {
		if s.Database != "" { // what it holds now is not known without asking
			fmt.Fprintf(h, "asked at %d\n", time.Now().UnixNano())
		}
	}
	if err := hashLive(h, doc); err != nil {
		return "", err
	}
	for _, f := range documentFiles(doc) {
		if err := hashFile(h, f); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:32], nil
}

// hashLive adds where the files of live sources lie: a package goes on reading them there, so that
// a copy of a project is another one.
func hashLive(w io.Writer, doc *scene.Document) error {
	var live []string
	for name := range doc.Sources {
		if (doc.Refresh(name) != scene.Time{}) {
			live = append(live, name)
		}
	}
	for _, name := range doc.Using(live) {
		for _, p := range doc.Sources[name].Path {
			if feed.IsAddress(p) {
				continue
			}
			abs, err := filepath.Abs(doc.Resolve(p))
			if err != nil {
				return fmt.Errorf("cache: %w", err)
			}
			fmt.Fprintf(w, "live %q\n", abs)
		}
	}
	return nil
}

// documentFiles lists the files that a document names, sorted.
func documentFiles(doc *scene.Document) []string {
	var files []string
	for _, s := range doc.Sources {
		for _, p := range s.Path {
			files = append(files, doc.Resolve(p))
		}
	}
	for _, f := range doc.Environment.Files() {
		files = append(files, doc.Resolve(*f.Path))
	}
	for i := range doc.Layers {
		switch m := doc.Layers[i].Props.(type) {
		case *basemap.Imagery: // tiles of a folder, each a file
			folder, _, some := strings.Cut(m.Address, "{")
			if some && doc.Layers[i].Source == "" && !strings.Contains(m.Address, "://") {
				files = append(files, doc.Resolve(path.Dir(folder+"x")))
			}
		case interface{ Files() []string }:
			for _, f := range m.Files() {
				files = append(files, doc.Resolve(f))
			}
		case interface{ Files() []*string }:
			for _, f := range m.Files() {
				files = append(files, doc.Resolve(*f))
			}
		}
	}
	slices.Sort(files)
	return slices.Compact(files)
}

// CacheFolder is where packages are kept unless another folder is named.
func CacheFolder() (string, error) {
	base, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("cache: %w: use --cache with a folder", err)
	}
	return filepath.Join(base, "longtake"), nil
}

// CacheEntry is a package in the cache.
type CacheEntry struct {
	Dir   string    `json:"dir"`
	Name  string    `json:"name"`
	Bytes int64     `json:"bytes"`
	Used  time.Time `json:"used"`
}

// CacheEntries lists the packages of a cache folder, the last used first.
func CacheEntries(folder string) ([]CacheEntry, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("cache: %w", err)
	}
	var out []CacheEntry
	for _, e := range entries {
		dir := filepath.Join(folder, e.Name())
		if _, err := strconv.ParseUint(e.Name()[:min(8, len(e.Name()))], 16, 64); err != nil || !IsPackage(dir) {
			continue // not ours
		}
		c := CacheEntry{Dir: dir, Name: packageName(dir)}
		c.Bytes = folderBytes(dir)
		if info, err := os.Stat(filepath.Join(dir, "report.json")); err == nil {
			c.Used = info.ModTime()
		}
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b CacheEntry) int { return b.Used.Compare(a.Used) })
	return out, nil
}

// CacheClear removes the packages and parts of a cache folder and returns the bytes freed.
// Where a run relies on them at the moment it removes nothing.
func CacheClear(folder string) (int64, error) {
	if scratch.InUse(filepath.Join(folder, partsFolder), workPrefix) {
		return 0, fmt.Errorf("cache: longtake is generating with %s at the moment: clear it when that has ended", folder)
	}
	entries, err := CacheEntries(folder)
	if err != nil {
		return 0, err
	}
	var freed int64
	for _, e := range entries {
		if err := os.RemoveAll(e.Dir); err != nil {
			return freed, fmt.Errorf("cache: %w", err)
		}
		freed += e.Bytes
	}
	parts := filepath.Join(folder, partsFolder)
	n := folderBytes(parts)
	if err := os.RemoveAll(parts); err != nil {
		return freed, fmt.Errorf("cache: %w", err)
	}
	return freed + n, nil
}

// folderBytes is the size of all files in a folder.
func folderBytes(dir string) (n int64) {
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if info, err := d.Info(); err == nil {
			n += info.Size()
		}
		return nil
	})
	return n
}

// PartsFolder is where a cache folder ("" = the user's) keeps the parts of packages from
// run to run; "" where nothing is to be kept ("off").
func PartsFolder(cache string) (string, error) {
	if cache == "off" {
		return "", nil
	}
	if cache == "" {
		var err error
		if cache, err = CacheFolder(); err != nil {
			return "", err
		}
	}
	return filepath.Join(cache, partsFolder), nil
}

package stage

import (
	"context"

	"github.com/longtake/longtake/scene"
	"github.com/longtake/longtake/stage/generate"
)

// What generation is asked for and tells; see package generate.
type (
	GenerateOptions = generate.Options
	PrepareOptions  = generate.PrepareOptions
	Summary         = generate.Summary
	Progress        = generate.Progress
	Reporter        = generate.Reporter
)

// LeastMemory is the least limit of memory in bytes, see generate.LeastMemory.
const LeastMemory = generate.LeastMemory

// ErrSkipped is the failure of a strict generation.
var ErrSkipped = generate.ErrSkipped

// Generate builds the package of a document into a folder, see generate.Run.
func Generate(ctx context.Context, doc *scene.Document, dir string, o GenerateOptions) (*Summary, error) {
	return generate.Run(ctx, doc, dir, o)
}

// Prepare returns the folder of a package that plays the document, see generate.Prepare.
func Prepare(ctx context.Context, doc *scene.Document, o PrepareOptions) (dir string, release func(), err error) {
	return generate.Prepare(ctx, doc, o)
}

// IsPackage tells whether a folder holds a generated package.
func IsPackage(dir string) bool { return generate.IsPackage(dir) }

// CacheEntry is a package in the cache.
type CacheEntry = generate.CacheEntry

// CacheFolder is where packages are kept unless another folder is named.
func CacheFolder() (string, error) { return generate.CacheFolder() }

// CacheEntries lists the packages of a cache folder, the last used first.
func CacheEntries(folder string) ([]CacheEntry, error) { return generate.CacheEntries(folder) }

// CacheClear removes the packages of a cache folder and returns the bytes freed.
func CacheClear(folder string) (int64, error) { return generate.CacheClear(folder) }

// PartsFolder is where a cache keeps the parts of packages, see generate.PartsFolder.
func PartsFolder(cache string) (string, error) { return generate.PartsFolder(cache) }

// A list of packages to generate, see package generate.
type (
	Batch       = generate.Batch
	BatchResult = generate.BatchResult
)

// ReadBatch reads a batch, see generate.ReadBatch.
func ReadBatch(ctx context.Context, path string) (*Batch, error) {
	return generate.ReadBatch(ctx, path)
}

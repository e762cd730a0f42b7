// Package framegraph orders the passes of a frame. A pass declares what it reads and
// writes when it is added; declaration order is execution order. Compile drops the passes
// that no output needs and assigns the transient textures from a pool; Run executes what
// is left and allocates nothing. There is no GL here: the graph is generic over the
// texture type T, so that tests run without a GPU.
//
// After FrameGraph (O'Donnell, GDC 2017) and Filament's: a write returns a new version of
// the handle and makes the old one stale, imported textures belong to the caller, history
// textures keep what the last run wrote.
package framegraph

// Package pipeline draws drawables: it keeps them resident on the GPU and runs the
// passes of the frame graph over them. It knows nothing of scenes, layers or tiles.
//
// A Renderer belongs to the OS thread that made it (the caller locks it with
// runtime.LockOSThread); every method must be called there.
package pipeline

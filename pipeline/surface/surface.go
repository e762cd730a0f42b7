// Package surface is where a frame appears: an OpenGL 4.5 core context with, or without,
// a window behind it. This package opens contexts without a window through EGL; package
// pipeline/window opens one on a screen.
package surface

// Surface is an OpenGL context and the place that its finished frames go to. Every method
// must be called on the OS thread that made it (runtime.LockOSThread).
type Surface interface {
	// MakeCurrent binds the context to the calling thread and loads the GL functions.
	MakeCurrent() error
	// Size returns the framebuffer's size in pixels; zero without a window.
	Size() (width, height int)
	// Present shows the default framebuffer; it does nothing without a window.
	Present() error
	// Release destroys the context. It may be called twice.
	Release()
	// Describe says what draws here. The context must have been current once.
	Describe() Info
}

// Info names the driver.
type Info struct {
	Vendor, Renderer, Version string
	Software                  bool // a software rasteriser
}

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
	// Lost tells whether the driver has reset the GPU and with it lost what the context holds: it
	// draws no more, and a surface has to be opened anew. Contexts ask to be told where the driver
	// can (GL_KHR_robustness). The context must be current.
	Lost() bool
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

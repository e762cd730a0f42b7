//go:build linux && headless

package surface

// The GL bindings name glXGetProcAddress, which alone would pull libGL and with it X11
// into the binary. A headless build defines it itself and lets the linker drop libGL.

// #cgo LDFLAGS: -Wl,--as-needed
// #include <EGL/egl.h>
// __eglMustCastToProperFunctionPointerType glXGetProcAddress(const unsigned char *name) {
// 	return eglGetProcAddress((const char *)name);
// }
import "C"

//go:build linux

package surface

/*
#cgo pkg-config: egl
#include <stdlib.h>
#include <string.h>
#include <EGL/egl.h>
#include <EGL/eglext.h>

// How far opening got, for the error message.
enum { STEP_OK, STEP_EXT, STEP_DISPLAY, STEP_INIT, STEP_API, STEP_CONTEXT, STEP_CURRENT };

typedef struct { EGLDisplay dpy; EGLContext ctx; EGLSurface surf; } lt_egl;

static int lt_has(const char *list, const char *name) {
	size_t n = strlen(name);
	for (const char *p = list; p && (p = strstr(p, name)); p += n)
		if ((p == list || p[-1] == ' ') && (p[n] == 0 || p[n] == ' ')) return 1;
	return 0;
}

static int lt_client_has(const char *name) {
	return lt_has(eglQueryString(EGL_NO_DISPLAY, EGL_EXTENSIONS), name);
}

// lt_devices returns the number of devices; device i is software where soft[i] is 1.
static int lt_devices(EGLDeviceEXT *out, int *soft, int max) {
	PFNEGLQUERYDEVICESEXTPROC query = (PFNEGLQUERYDEVICESEXTPROC)eglGetProcAddress("eglQueryDevicesEXT");
	PFNEGLQUERYDEVICESTRINGEXTPROC str = (PFNEGLQUERYDEVICESTRINGEXTPROC)eglGetProcAddress("eglQueryDeviceStringEXT");
	EGLint n = 0;
	if (!query || !lt_client_has("EGL_EXT_platform_device") || !query(max, out, &n)) return 0;
	for (int i = 0; i < n; i++)
		soft[i] = str && lt_has(str(out[i], EGL_EXTENSIONS), "EGL_MESA_device_software");
	return n;
}

static int lt_current(lt_egl *e) {
	return eglBindAPI(EGL_OPENGL_API) && eglMakeCurrent(e->dpy, e->surf, e->surf, e->ctx);
}

// lt_open makes a 4.5 core context on a device, or on the surfaceless platform where dev is NULL.
static int lt_open(lt_egl *e, EGLDeviceEXT dev, int debug) {
	PFNEGLGETPLATFORMDISPLAYEXTPROC get = (PFNEGLGETPLATFORMDISPLAYEXTPROC)eglGetProcAddress("eglGetPlatformDisplayEXT");
	e->surf = EGL_NO_SURFACE;
	if (!get || (!dev && !lt_client_has("EGL_MESA_platform_surfaceless"))) return STEP_EXT;
	e->dpy = dev ? get(EGL_PLATFORM_DEVICE_EXT, dev, NULL) : get(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, NULL);
	if (e->dpy == EGL_NO_DISPLAY) return STEP_DISPLAY;
	if (!eglInitialize(e->dpy, NULL, NULL)) return STEP_INIT;
	if (!eglBindAPI(EGL_OPENGL_API)) return STEP_API;
	EGLint want[] = {EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_NONE}, n = 0;
	EGLConfig cfg = NULL;
	if (!eglChooseConfig(e->dpy, want, &cfg, 1, &n) || n == 0) cfg = NULL; // EGL_KHR_no_config_context
	EGLint attr[] = {EGL_CONTEXT_MAJOR_VERSION, 4, EGL_CONTEXT_MINOR_VERSION, 5,
		EGL_CONTEXT_OPENGL_PROFILE_MASK, EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
		EGL_CONTEXT_OPENGL_DEBUG, debug ? EGL_TRUE : EGL_FALSE,
		EGL_CONTEXT_OPENGL_RESET_NOTIFICATION_STRATEGY, EGL_LOSE_CONTEXT_ON_RESET, EGL_NONE};
	e->ctx = eglCreateContext(e->dpy, cfg, EGL_NO_CONTEXT, attr);
	if (e->ctx == EGL_NO_CONTEXT) { // a driver that tells of no resets
		attr[8] = EGL_NONE;
		e->ctx = eglCreateContext(e->dpy, cfg, EGL_NO_CONTEXT, attr);
	}
	if (e->ctx == EGL_NO_CONTEXT) return STEP_CONTEXT;
	if (lt_current(e)) return STEP_OK;
	EGLint size[] = {EGL_WIDTH, 1, EGL_HEIGHT, 1, EGL_NONE};
	if (cfg && (e->surf = eglCreatePbufferSurface(e->dpy, cfg, size)) != EGL_NO_SURFACE && lt_current(e)) return STEP_OK;
	eglDestroyContext(e->dpy, e->ctx);
	return STEP_CURRENT;
}

static void lt_close(lt_egl *e) {
	eglMakeCurrent(e->dpy, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
	if (e->surf != EGL_NO_SURFACE) eglDestroySurface(e->dpy, e->surf);
	eglDestroyContext(e->dpy, e->ctx);
}
*/
import "C"

import (
	"errors"
	"fmt"
	"os"
	"unsafe"

	"github.com/go-gl/gl/v4.5-core/gl"
)

// Options of an offscreen context. The zero value is the default.
type Options struct {
	// Platform is "device" (a GPU through EGL_EXT_platform_device), "surfaceless" (Mesa) or
	// "auto": a device that is not software, else surfaceless. Empty takes the environment
	// variable LONGTAKE_EGL, else auto.
	Platform string
	Debug    bool // a KHR_debug context
}

type offscreen struct {
	egl    C.lt_egl
	info   Info
	closed bool
}

var steps = map[C.int]string{
	C.STEP_EXT: "the platform's extension is missing", C.STEP_DISPLAY: "no display", C.STEP_INIT: "eglInitialize failed",
	C.STEP_API: "no desktop OpenGL", C.STEP_CONTEXT: "no OpenGL 4.5 core context", C.STEP_CURRENT: "eglMakeCurrent failed",
}

// NewOffscreen opens an OpenGL 4.5 core context without a window and makes it current.
func NewOffscreen(o Options) (Surface, error) {
	platform := o.Platform
	if platform == "" {
		platform = os.Getenv("LONGTAKE_EGL")
	}
	s := &offscreen{}
	var errs []error
	switch platform {
	case "device":
		errs = s.openDevice(o.Debug, true)
	case "surfaceless":
		errs = s.open("surfaceless", nil, o.Debug)
	case "", "auto":
		if errs = s.openDevice(o.Debug, false); errs != nil {
			if more := s.open("surfaceless", nil, o.Debug); more != nil {
				errs = append(errs, more...)
			} else {
				errs = nil
			}
		}
	default:
		return nil, fmt.Errorf("LONGTAKE_EGL is %q: use device, surfaceless or auto", platform)
	}
	if errs != nil {
		return nil, fmt.Errorf("no OpenGL 4.5 through EGL (on Debian: apt-get install libegl1 libgl1-mesa-dri): %w", errors.Join(errs...))
	}
	if err := s.MakeCurrent(); err != nil {
		s.Release()
		return nil, err
	}
	s.info = ReadInfo()
	return s, nil
}

// openDevice tries every device; software ones last, and only where they are allowed.
func (s *offscreen) openDevice(debug, software bool) []error {
	var devs [32]C.EGLDeviceEXT
	var soft [32]C.int
	n := int(C.lt_devices(&devs[0], &soft[0], 32))
	errs := []error{fmt.Errorf("egl device: none of %d is a GPU", n)}
	for _, wantSoft := range []C.int{0, 1} {
		for i := range n {
			if soft[i] != wantSoft || (wantSoft == 1 && !software) {
				continue
			}
			e := s.open(fmt.Sprintf("egl device %d", i), devs[i], debug)
			if e == nil {
				return nil
			}
			errs = append(errs, e...)
		}
	}
	return errs
}

func (s *offscreen) open(what string, dev C.EGLDeviceEXT, debug bool) []error {
	flag := C.int(0)
	if debug {
		flag = 1
	}
	if step := C.lt_open(&s.egl, dev, flag); step != C.STEP_OK {
		return []error{fmt.Errorf("%s: %s (EGL error %#x)", what, steps[step], int(C.eglGetError()))}
	}
	return nil
}

func (s *offscreen) MakeCurrent() error {
	if C.lt_current(&s.egl) == 0 {
		return fmt.Errorf("make the EGL context current: EGL error %#x", int(C.eglGetError()))
	}
	return gl.InitWithProcAddrFunc(func(name string) unsafe.Pointer {
		c := C.CString(name)
		defer C.free(unsafe.Pointer(c))
		return unsafe.Pointer(C.eglGetProcAddress(c))
	})
}

func (s *offscreen) Size() (int, int) { return 0, 0 }
func (s *offscreen) Present() error   { return nil }
func (s *offscreen) Describe() Info   { return s.info }
func (s *offscreen) Lost() bool       { return ReadLost() }

func (s *offscreen) Release() {
	if !s.closed {
		s.closed = true
		C.lt_close(&s.egl)
	}
}

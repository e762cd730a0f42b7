package gdal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"
)

// ErrMissing says that a program of GDAL is not installed.
type ErrMissing struct{ Program string }

// Error names the program and how to get it.
func (e *ErrMissing) Error() string {
	return e.Program + " is not on PATH: install the Debian package gdal-bin"
}

// Programs are the programs that Run accepts.
var Programs = []string{"gdalwarp", "ogr2ogr", "gdaltransform", "gdalinfo", "ogrinfo"}

// Available returns nil where all Programs are on PATH, else an *ErrMissing for the
// first that is not.
func Available() error {
	for _, p := range Programs {
		if _, err := exec.LookPath(p); err != nil {
			return &ErrMissing{p}
		}
	}
	return nil
}

// Run runs one of Programs with the arguments and waits for its end. Nil readers and
// writers are empty. The error is an *ErrMissing where the program is not installed, the
// context's where that ended the run, else it carries the end of what the program
// wrote to stderr. Arguments that name something outside this machine are refused.
func Run(ctx context.Context, program string, args []string, stdin io.Reader, stdout io.Writer) error {
	if !slices.Contains(Programs, program) {
		return fmt.Errorf("%q is not one of GDAL's programs in use here (%s)", program, strings.Join(Programs, ", "))
	}
	for _, a := range args {
		if r := remote(a); r != "" {
			return fmt.Errorf("%s: %q reads from the network (%s): download it first and name the file", program, a, r)
		}
	}
	path, err := exec.LookPath(program)
	if err != nil {
		return &ErrMissing{program}
	}
	cmd := exec.CommandContext(ctx, path, args...)
	said := &tail{}
	cmd.Stdout, cmd.Stderr = stdout, said
	cmd.Env = environment()
	cmd.WaitDelay = 2 * time.Second // a grandchild that kept a pipe open must not hold us
	supervise(cmd)
	if stdin != nil {
		// exec would wait for a reader that never ends; this copy is left behind instead.
		pipe, err := cmd.StdinPipe()
		if err != nil {
			return fmt.Errorf("%s: %w", program, err)
		}
		go func() {
			_, _ = io.Copy(pipe, stdin) // a child that stops reading says why itself
			_ = pipe.Close()
		}()
	}
	// The parent-death signal is tied to the thread that forks.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err = cmd.Run()
	if ctx.Err() != nil {
		return fmt.Errorf("%s: %w", program, context.Cause(ctx))
	}
	if err == nil {
		return nil
	}
	var exit *exec.ExitError
	if text := said.String(); text != "" && errors.As(err, &exit) {
		return fmt.Errorf("%s: %s (%w)", program, text, err)
	}
	return fmt.Errorf("%s: %w", program, err)
}

// remotes are the prefixes by which GDAL reaches other machines.
var remotes = []string{
	"/vsicurl", "/vsis3", "/vsigs", "/vsiaz", "/vsiadls", "/vsioss", "/vsiswift", "/vsihdfs", "/vsiwebhdfs",
	"http://", "https://", "ftp://",
}

func remote(arg string) string {
	low := strings.ToLower(arg)
	for _, r := range remotes {
		if strings.Contains(low, r) {
			return r
		}
	}
	return ""
}

// environment is all that a program sees: where it finds its own files, and settings
// that make a run the same on every machine.
func environment() []string {
	var env []string
	for _, k := range []string{"PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "GDAL_DATA", "GDAL_DRIVER_PATH", "PROJ_LIB", "PROJ_DATA"} {
		if v, ok := os.LookupEnv(k); ok {
			env = append(env, k+"="+v)
		}
	}
	return append(env,
		"LC_ALL=C", "TZ=UTC",
		"GDAL_NUM_THREADS=1", "OMP_NUM_THREADS=1", "GDAL_CACHEMAX=256",
		"GDAL_PAM_ENABLED=NO", // no .aux.xml beside the user's files
		// The network is off three times over: for PROJ's grids, for drivers that are
		// web clients, and for files that name a URL inside.
		"PROJ_NETWORK=OFF",
		"GDAL_SKIP=HTTP,WMS,WMTS,WCS,DAAS,EEDA,EEDAI,NGW,PLMOSAIC,PLSCENES,RDA",
		"OGR_SKIP=HTTP,WFS,OAPIF,CSW,Carto,AmigoCloud,GMLAS,Elastic,EEDA,NGW,PLSCENES,PostgreSQL,MySQL,MSSQLSpatial,ODBC",
		"CPL_VSIL_CURL_ALLOWED_EXTENSIONS={none}",
		"GDAL_HTTP_PROXY=127.0.0.1:9", "GDAL_HTTP_MAX_RETRY=0", "GDAL_HTTP_TIMEOUT=1",
		"http_proxy=127.0.0.1:9", "https_proxy=127.0.0.1:9",
		"GDAL_VRT_ENABLE_PYTHON=NO",
	)
}

// tail keeps the end of what is written to it.
type tail struct{ text []byte }

const tailSize = 2048

// Write never fails; it forgets all but the last tailSize bytes.
func (t *tail) Write(p []byte) (int, error) {
	n := len(p)
	if len(p) > tailSize {
		p = p[len(p)-tailSize:]
	}
	t.text = append(t.text, p...)
	if over := len(t.text) - tailSize; over > 0 {
		t.text = slices.Delete(t.text, 0, over)
	}
	return n, nil
}

// String is the last five distinct lines on one line, without the warnings that a
// driver to skip is not built in.
func (t *tail) String() string {
	var lines []string
	for _, l := range strings.Split(string(t.text), "\n") {
		if l = strings.TrimSpace(l); l != "" && !slices.Contains(lines, l) && !strings.Contains(l, "_SKIP environment variable") {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines[max(0, len(lines)-5):], "; ")
}

package gdal

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/longtake/longtake/internal/subprocess"
)

// ErrMissing says that a program of GDAL is not installed.
type ErrMissing = subprocess.ErrMissing

// Programs are the programs that Run accepts.
var Programs = []string{"gdalwarp", "ogr2ogr", "gdaltransform", "gdalinfo", "ogrinfo", "gdalsrsinfo"}

// Available returns nil where all Programs are on PATH, else an *ErrMissing for the
// first that is not.
func Available() error {
	for _, p := range Programs {
		if _, err := exec.LookPath(p); err != nil {
			return &ErrMissing{Program: p, Package: "gdal-bin"}
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
	return subprocess.Run(ctx, subprocess.Command{Program: program, Package: "gdal-bin", Args: args, Env: environment(), Stdin: stdin, Stdout: stdout, Idle: "Unable to find driver"}) // of those that are skipped
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

// Package longtake_test holds the rules of the whole repository.
package longtake_test

import (
	"debug/elf"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/longtake/longtake/geo/building/facade"
)

const module = "github.com/longtake/longtake/"

// listed is what go list tells about a package.
type listed struct {
	ImportPath, Doc string
	Standard        bool
	Imports         []string
	GoFiles         []string
	CgoFiles        []string
	CgoLDFLAGS      []string
	CgoPkgConfig    []string
}

func list(t testing.TB, args ...string) []listed {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-json=ImportPath,Doc,Standard,Imports,GoFiles,CgoFiles,CgoLDFLAGS,CgoPkgConfig"}, args...)...)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=1", "GOFLAGS=")
	var said strings.Builder
	cmd.Stderr = &said
	data, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list %v: %v: %s", args, err, said.String())
	}
	var out []listed
	for d := json.NewDecoder(strings.NewReader(string(data))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return out
		} else if err != nil {
			t.Fatal(err)
		}
		out = append(out, p)
	}
}

var ours = sync.OnceValue(func() func(testing.TB) []listed {
	var packages []listed
	return func(t testing.TB) []listed {
		if packages == nil {
			packages = list(t, "./...")
		}
		return packages
	}
})()

// house is the order of docs/architecture.md: imports go down the list only. A part's
// packages may import each other, as Go allows no circles.
var house = []string{"tools", "cmd", "stage", "stream", "pipeline", "stage/generate", "layers", "layers/drawable", "scene", "geo", "shaders", "assets"}

// part is the line of the house that a package of ours belongs to: the longest that fits.
func part(p string) (rank int) {
	rank = -1
	for i, h := range house {
		if (p == h || strings.HasPrefix(p, h+"/")) && (rank < 0 || len(h) > len(house[rank])) {
			rank = i
		}
	}
	return rank
}

// broken says why one package may not import another, both without the module's path, or "".
func broken(from, to string) string {
	in := func(p, folder string) bool { return p == folder || strings.HasPrefix(p, folder+"/") }
	switch a, b := part(from), part(to); {
	case in(from, "internal") && !in(to, "internal"):
		return "internal packages serve all others and import none of them"
	case in(to, "internal"):
		return ""
	case a < 0 || b < 0:
		return "one of them is not in the house of docs/architecture.md"
	case a > b:
		return "imports go down the list only"
	case in(from, "stream") && to != "stream":
		return "stream takes bytes and a camera record, nothing else of ours"
	case in(from, "pipeline") && in(to, "layers") && to != "layers/drawable":
		return "pipeline knows drawables, not layers"
	case in(from, "pipeline") && in(to, "geo") && to != "geo/earth" && to != "geo/heights":
		return "pipeline draws, it does not build: of geo it may know geo/earth, and the grid of geo/heights"
	case in(from, "pipeline") && in(to, "scene"):
		return "pipeline gets a frame, never a document"
	case in(from, "layers/drawable") && to != "geo/earth":
		return "drawables are a leaf"
	case in(from, "scene") && in(to, "geo") && to != "geo/earth":
		return "scene imports geo/earth and nothing else of geo"
	}
	return ""
}

func TestImportsGoDown(t *testing.T) {
	for _, p := range ours(t) {
		from := strings.TrimPrefix(p.ImportPath, module)
		if p.ImportPath+"/" == module {
			continue
		}
		for _, i := range p.Imports {
			if to, ok := strings.CutPrefix(i, module); ok {
				if why := broken(from, to); why != "" {
					t.Errorf("%s imports %s: %s", from, to, why)
				}
			}
		}
		for _, bad := range []string{"util", "utils", "common", "helper", "helpers", "misc", "base"} {
			if path.Base(from) == bad {
				t.Errorf("%s: a package is named for what it holds", from)
			}
		}
	}
	for _, c := range [][2]string{{"geo", "scene"}, {"scene", "geo"}, {"layers", "pipeline"}, {"pipeline", "layers/text"}, {"pipeline", "geo/terrain"}, {"stream", "pipeline"}, {"geo/read", "stage"}, {"internal/golden", "geo"}, {"other", "geo"}, {"pipeline/gpu", "scene"}} {
		if broken(c[0], c[1]) == "" {
			t.Errorf("%s may import %s", c[0], c[1])
		}
	}
}

func TestOnlyPipelineKnowsGL(t *testing.T) {
	for _, p := range ours(t) {
		from := strings.TrimPrefix(p.ImportPath, module)
		gl := slices.ContainsFunc(p.Imports, func(i string) bool {
			return strings.HasPrefix(i, "github.com/go-gl/") && !strings.HasPrefix(i, "github.com/go-gl/mathgl/")
		})
		if gl && from != "pipeline" && !strings.HasPrefix(from, "pipeline/") {
			t.Errorf("%s imports OpenGL", from)
		}
		if len(p.CgoFiles) > 0 && !strings.HasPrefix(from, "pipeline/") {
			t.Errorf("%s has cgo files: %v", from, p.CgoFiles)
		}
	}
}

// cgo lists the packages outside of the standard library that a build links C with.
func cgo(t testing.TB, args ...string) (out []listed) {
	t.Helper()
	for _, p := range list(t, append([]string{"-deps"}, args...)...) {
		if len(p.CgoFiles) > 0 && !p.Standard {
			out = append(out, p)
		}
	}
	return out
}

func TestDataPartsNeedNoC(t *testing.T) {
	for _, p := range cgo(t, "./geo/...", "./scene/...", "./layers/...", "./stream/...", "./stage/generate/...", "./shaders/...", "./assets/...") {
		t.Errorf("%s uses cgo and is among what geo, scene, layers and stream import", p.ImportPath)
	}
}

// windowed lists what a build links that belongs to a window.
func windowed(t testing.TB, args ...string) (out []string) {
	t.Helper()
	for _, p := range cgo(t, args...) {
		libraries := strings.Join(append(p.CgoLDFLAGS, p.CgoPkgConfig...), " ")
		if windows.MatchString(p.ImportPath) || windows.MatchString(libraries) {
			out = append(out, p.ImportPath+" "+libraries)
		}
	}
	return out
}

var windows = regexp.MustCompile(`(?i)glfw|x11|wayland|xcursor|xrandr|xinerama|glx|libGL\b`)

func TestHeadlessLinksNoWindow(t *testing.T) {
	if found := windowed(t, "-tags", "headless,g3n", "./cmd/longtake"); len(found) > 0 {
		t.Errorf("-tags headless links %v", found)
	}
	if len(windowed(t, "./pipeline/window")) == 0 {
		t.Error("the window links nothing of a window: the test looks for the wrong thing")
	}
	if testing.Short() {
		return
	}
	bin := filepath.Join(t.TempDir(), "longtake")
	if out, err := exec.Command("go", "build", "-tags", "headless", "-o", bin, "./cmd/longtake").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	f, err := elf.Open(bin)
	if err != nil {
		t.Skip("not an ELF file: ", err)
	}
	defer f.Close()
	libraries, err := f.ImportedLibraries()
	if err != nil || len(libraries) == 0 {
		t.Fatalf("libraries %v: %v", libraries, err)
	}
	for _, l := range libraries { // libGL brings libX11
		if windows.MatchString(l) {
			t.Errorf("the headless binary needs %s, of %v", l, libraries)
		}
	}
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	for _, p := range ours(t) {
		if len(p.GoFiles)+len(p.CgoFiles) > 0 && p.Doc == "" {
			t.Errorf("%s has no package comment", p.ImportPath)
		}
	}
}

func TestRepositoryHasItsPapers(t *testing.T) {
	for file, says := range map[string]string{
		"LICENSE": "Apache License", "README.md": "make demo", "CONTRIBUTING.md": "make test", "CHANGELOG.md": "#",
		"docs/architecture.md": "## Principles", "docs/dependencies.md": "|", "docs/benchmarks.md": "|",
	} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Error(err)
		} else if !strings.Contains(string(data), says) {
			t.Errorf("%s does not say %q", file, says)
		}
	}
}

// Files that are not text in a repository grow it for ever: goldens and corpora stay small.
func TestTrackedFilesAreSmall(t *testing.T) {
	out, err := exec.Command("git", "ls-files", "-z").Output()
	if err != nil {
		t.Skip("no git checkout: ", err)
	}
	goldens := int64(0)
	for _, name := range strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		info, err := os.Stat(name)
		if err != nil {
			continue // removed, not yet committed
		}
		if strings.Contains(name, "testdata/golden/") {
			goldens += info.Size()
		}
		if limit := int64(600_000); info.Size() > limit {
			t.Errorf("%s has %d bytes, more than %d", name, info.Size(), limit)
		}
	}
	if goldens > 8_000_000 { // some thirty thousand for each component of the catalogue
		t.Errorf("golden pictures have %d bytes", goldens)
	}
}

// docs/dependencies.md has a line for every direct dependency with its version, and none
// for anything else.
func TestDependenciesAreListed(t *testing.T) {
	page, err := os.ReadFile("docs/dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]string{}
	for _, row := range regexp.MustCompile(`(?m)^\| (\S+) \| (v?\d\S*) \|`).FindAllStringSubmatch(string(page), -1) {
		listed[row[1]] = row[2]
	}
	wanted := map[string]string{}
	out, err := exec.Command("go", "mod", "edit", "-json").Output()
	if err != nil {
		t.Fatal(err)
	}
	var modules struct {
		Require []struct {
			Path, Version string
			Indirect      bool
		}
		Tool []struct{ Path string }
	}
	if err := json.Unmarshal(out, &modules); err != nil {
		t.Fatal(err)
	}
	for _, m := range modules.Require {
		tool := false
		for _, x := range modules.Tool {
			tool = tool || strings.HasPrefix(x.Path, m.Path+"/")
		}
		if !m.Indirect || tool {
			wanted[m.Path] = untagged.ReplaceAllString(m.Version, "")
		}
	}
	for _, file := range []string{"package.json", "tools/engines/package.json"} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var p struct{ Dependencies, DevDependencies map[string]string }
		if err := json.Unmarshal(data, &p); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		maps.Copy(wanted, p.Dependencies)
		maps.Copy(wanted, p.DevDependencies)
	}
	for name, version := range wanted {
		if listed[name] != version {
			t.Errorf("%s is used in version %s, listed %q", name, version, listed[name])
		}
	}
	for name := range listed {
		if wanted[name] == "" {
			t.Errorf("%s is listed and not used", name)
		}
	}
}

// What the byte of a wall means is said twice: by who writes it and by the shader.
func TestShaderKnowsFacadeCode(t *testing.T) {
	source, err := os.ReadFile("shaders/surface_facade.glsl")
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for _, m := range regexp.MustCompile(`\b([A-Z]+) = (\d+)u\b`).FindAllStringSubmatch(string(source), -1) {
		said[m[1]] = m[2]
	}
	for name, value := range map[string]uint8{
		"TALL": uint8(facade.Tall), "SHUTTERED": uint8(facade.Shuttered), "SASH": uint8(facade.Sash), "PICTURE": uint8(facade.Picture),
		"LOGGIA": uint8(facade.Loggia), "RIBBON": uint8(facade.Ribbon), "FRAMED": uint8(facade.Framed), "CURTAIN": uint8(facade.Curtain),
		"LOFT": uint8(facade.Loft), "DECK": uint8(facade.Deck), "ARCHED": uint8(facade.Arched), "SIGN": uint8(facade.Sign), "LAMP": uint8(facade.Lamp),
		"ENTRANCE": uint8(facade.Entrance), "SHOPS": uint8(facade.Shops), "ARCADE": uint8(facade.Arcade),
	} {
		if said[name] != strconv.Itoa(int(value)) {
			t.Errorf("%s is %d for facade, %q for its shader", name, value, said[name])
		}
	}
}

// untagged is the commit in the version of a module without tags.
var untagged = regexp.MustCompile(`-[0-9a-f]{12}$`)

package generate

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/longtake/longtake/scene"
)

// replaceable tells whether a package may be written to a path.
func replaceable(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if here, e := filepath.Abs("."); e == nil {
		if abs, e := filepath.Abs(dir); e == nil && (here == abs || strings.HasPrefix(here, strings.TrimSuffix(abs, string(filepath.Separator))+string(filepath.Separator))) {
			return fmt.Errorf("%s would be replaced while the shell works in it: name another folder", dir)
		}
	}
	if info, e := os.Stat(dir); e == nil && !info.IsDir() {
		return fmt.Errorf("%s is a file, a package is a folder: name another", dir)
	}
	if err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	if !IsPackage(dir) {
		return fmt.Errorf("%s is not empty and is no longtake package: choose another folder, or empty it", dir)
	}
	for _, e := range entries { // the whole folder is replaced: nothing of anybody else may be in it
		if !slices.Contains(packageEntries, e.Name()) {
			return fmt.Errorf("%s is a longtake package, but %s in it is not longtake's and would be lost: move it, or choose another folder", dir, e.Name())
		}
	}
	return nil
}

// packageEntries are the names that a package has at its top.
var packageEntries = []string{"scene.json", "report.json", rejectedFile, GroundFile, "tiles", "tables", "models", "imagery", "environment", "files"}

// checkInputs refuses files that would be replaced by the package, and what is neither a
// file nor a folder, which reading could wait for without end.
func checkInputs(doc *scene.Document, dir string) error {
	out, err := filepath.Abs(dir)
	if err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	for _, f := range documentFiles(doc) {
		if err := Regular(f); err != nil {
			return err
		}
		if abs, err := filepath.Abs(f); err == nil && strings.HasPrefix(abs, out+string(filepath.Separator)) {
			return fmt.Errorf("%s lies in %s, which would be replaced: choose another folder", f, dir)
		}
	}
	return nil
}

// Regular refuses pipes, devices and sockets.
func Regular(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() && !info.IsDir() {
		return fmt.Errorf("%s is not a file but a %s: write what it gives into a file", path, info.Mode().Type())
	}
	return nil
}

// IsPackage tells whether a folder holds a generated package.
func IsPackage(dir string) bool {
	head, ok := packageHead(dir)
	return ok && head.Package.Version > 0
}

type packageFields struct {
	Name    string
	Package struct{ Version int }
}

func packageHead(dir string) (head packageFields, ok bool) {
	data, err := os.ReadFile(filepath.Join(dir, "scene.json"))
	return head, err == nil && json.Unmarshal(data, &head) == nil
}

func packageName(dir string) string {
	head, _ := packageHead(dir)
	return head.Name
}

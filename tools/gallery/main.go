// Command gallery renders the pictures by which a change of the light is judged: ten views
// of the sample city, which the repository shows, and ten of real cities, which it may not.
//
// usage: go run ./tools/gallery LONGTAKE DIR [DATA]
//
// The sample's go to docs/gallery as JPEG with a page, those of DATA, the folder of real
// data, to DIR/gallery. Packages stay in DIR.
package main

import (
	"encoding/json"
	"fmt"
	"image/jpeg"
	"image/png"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func main() {
	if len(os.Args) < 3 || len(os.Args) > 4 {
		fmt.Fprintln(os.Stderr, "usage: gallery LONGTAKE DIR [DATA]")
		os.Exit(2)
	}
	g := gallery{bin: os.Args[1], dir: filepath.Join(os.Args[2], "gallery")}
	err := g.sample(filepath.Join("docs", "gallery"))
	if err == nil && len(os.Args) == 4 {
		err = g.real(os.Args[3])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gallery:", err)
		os.Exit(1)
	}
}

// gallery runs a longtake and keeps what it makes on the way in a folder.
type gallery struct{ bin, dir string }

// view is a picture of a place.
type view struct {
	name, title string
	place       string         // of real cities: a key of places
	camera      []string       // flags of render
	environment map[string]any // over the place's own; empty keeps that
}

func (g gallery) sample(to string) error {
	inputs, pack := filepath.Join(g.dir, "sample"), filepath.Join(g.dir, "porto-largo")
	if err := os.RemoveAll(inputs); err != nil {
		return err
	}
	if err := g.run("sample", inputs); err != nil {
		return err
	}
	if err := g.run("generate", filepath.Join(inputs, "scene.yaml"), "-o", pack); err != nil {
		return err
	}
	if err := os.MkdirAll(to, 0o777); err != nil {
		return err
	}
	var page strings.Builder
	page.WriteString("# Gallery\nTen views of the sample city, as `make gallery` renders them at `high`. The city is invented, so that its pictures can be used freely.\n")
	for _, v := range sampleViews {
		picture, err := g.render(pack, v)
		if err != nil {
			return err
		}
		if err := asJPEG(picture, filepath.Join(to, v.name+".jpg")); err != nil {
			return err
		}
		fmt.Fprintf(&page, "\n## %s\n![%[1]s](%s.jpg)\n", v.title, v.name)
	}
	return os.WriteFile(filepath.Join(to, "README.md"), []byte(page.String()), 0o666)
}

func (g gallery) real(data string) error {
	made := map[string]bool{}
	for _, v := range realViews {
		pack := filepath.Join(g.dir, v.place)
		if !made[v.place] {
			args := []string{"generate"}
			for _, f := range places[v.place] {
				if strings.HasPrefix(f, "city-") {
					f = filepath.Join(data, f)
				}
				args = append(args, f)
			}
			if err := g.run(append(args, "-o", pack)...); err != nil {
				return err
			}
			made[v.place] = true
		}
		if _, err := g.render(pack, v); err != nil {
			return err
		}
	}
	return nil
}

// render draws a view of a package, whose light it replaces meanwhile.
func (g gallery) render(pack string, v view) (picture string, err error) {
	picture = filepath.Join(g.dir, v.name+".png")
	file := filepath.Join(pack, "scene.json")
	before, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	if len(v.environment) > 0 {
		var doc map[string]any
		if err := json.Unmarshal(before, &doc); err != nil {
			return "", fmt.Errorf("%s: %w", file, err)
		}
		light := maps.Clone(v.environment)
		if old, ok := doc["environment"].(map[string]any); ok {
			light["globe"] = old["globe"]
		}
		doc["environment"] = light
		changed, err := json.Marshal(doc)
		if err != nil {
			return "", err
		}
		if err := os.WriteFile(file, changed, 0o666); err != nil {
			return "", err
		}
		defer func() {
			if e := os.WriteFile(file, before, 0o666); err == nil {
				err = e
			}
		}()
	}
	return picture, g.run(append([]string{"render", pack, "-o", picture, "--size", "1280x720", "--quality", "high"}, v.camera...)...)
}

func (g gallery) run(args ...string) error {
	cmd := exec.Command(g.bin, append(args, "--quiet")...)
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("longtake %s: %w", strings.Join(args, " "), err)
	}
	fmt.Println(args[0], args[len(args)-1])
	return nil
}

// asJPEG keeps a picture at a tenth of its size.
func asJPEG(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	img, err := png.Decode(in)
	if err != nil {
		return fmt.Errorf("%s: %w", from, err)
	}
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	if err := jpeg.Encode(out, img, &jpeg.Options{Quality: 88}); err != nil {
		_ = out.Close()
		return err
	}
	return out.Close()
}

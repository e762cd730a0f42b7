package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"github.com/spf13/cobra"

	"github.com/longtake/longtake/geo/gdal"
	"github.com/longtake/longtake/layers/text"
	"github.com/longtake/longtake/pipeline/surface"
	"github.com/longtake/longtake/stage"
	"github.com/longtake/longtake/stream"
)

// need is one thing that longtake uses and what was found of it.
type need struct {
	Name     string `json:"name"`
	For      string `json:"for"`
	Required bool   `json:"required"`
	OK       bool   `json:"ok"`
	Found    string `json:"found,omitempty"`
	Missing  string `json:"missing,omitempty"` // what is missing and how to get it
}

func (a *app) doctor() *cobra.Command {
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Say what this machine has, what is missing and how to get it",
		Long: `Looks for all that longtake uses on this machine and says what is missing and which
Debian package brings it. The exit code is 4 where something required is missing.`,
		Example: `  longtake doctor
  longtake doctor --gpu device --json`,
		Args: noArgs,
	}
	a.gpuFlag(c)
	a.jsonFlag(c)
	return a.command(c, func(ctx context.Context, _ []string) error {
		needs := []need{
			needGL(a.gpu),
			needFFmpeg(ctx),
			needGDAL(ctx),
			needChromium(),
			needCache(),
			needDisplay(),
			needFonts(),
		}
		if a.json {
			if err := a.printJSON(needs); err != nil {
				return err
			}
		}
		var missing []string
		for _, n := range needs {
			if n.Required && !n.OK {
				missing = append(missing, n.Name)
			}
			if !a.json {
				a.printf("%s", n)
			}
		}
		if len(missing) > 0 {
			return ofKind(exitEnvironment, errors.New("missing: "+strings.Join(missing, ", ")))
		}
		return nil
	})
}

// String is a line for people.
func (n need) String() string {
	switch {
	case n.OK:
		return fmt.Sprintf("ok       %-8s %s", n.Name, n.Found)
	case n.Required:
		return fmt.Sprintf("MISSING  %-8s %s (for %s)", n.Name, n.Missing, n.For)
	}
	return fmt.Sprintf("without  %-8s %s (for %s)", n.Name, n.Missing, n.For)
}

func needGL(gpu string) need {
	n := need{Name: "OpenGL", For: "all pictures", Required: true}
	s, err := surface.NewOffscreen(surface.Options{Platform: gpu})
	if err != nil {
		n.Missing = err.Error()
		return n
	}
	defer s.Release()
	i := s.Describe()
	n.OK, n.Found = true, fmt.Sprintf("%s, OpenGL %s", i.Renderer, i.Version)
	if i.Software {
		n.Found += ", software"
	}
	return n
}

func needFFmpeg(ctx context.Context) need {
	n := need{Name: "ffmpeg", For: "video and streams", Required: true}
	if err := stream.Available(); err != nil {
		n.Missing = err.Error()
		return n
	}
	n.OK, n.Found = true, firstLine(ctx, "ffmpeg", "-version")
	return n
}

func needChromium() need {
	n := need{Name: "Chromium", For: "pages of the web in panels"}
	path, err := stage.Chromium()
	if err != nil {
		n.Missing = err.Error()
		return n
	}
	n.OK, n.Found = true, path
	return n
}

func needGDAL(ctx context.Context) need {
	n := need{Name: "GDAL", For: "GeoTIFF, shapefiles, other formats and coordinate systems, heights above the sea", Required: true}
	if err := gdal.Available(); err != nil {
		n.Missing = err.Error()
		return n
	}
	n.OK, n.Found = true, firstLine(ctx, "gdalinfo", "--version")
	return n
}

// firstLine is what a program says of itself.
func firstLine(ctx context.Context, program, flag string) string {
	out, err := exec.CommandContext(ctx, program, flag).Output()
	if err != nil {
		return "does not say its version"
	}
	line, _, _ := strings.Cut(string(out), "\n")
	return strings.TrimSpace(line)
}

func needCache() need {
	n := need{Name: "cache", For: "packages generated on the way; --cache names another folder", Required: true}
	dir, err := stage.CacheFolder()
	if err == nil {
		err = os.MkdirAll(dir, 0o777)
	}
	if err == nil {
		var f *os.File
		if f, err = os.CreateTemp(dir, ".doctor-*"); err == nil {
			_ = f.Close()
			err = os.Remove(f.Name())
		}
	}
	if err != nil {
		n.Missing = err.Error()
		return n
	}
	n.OK, n.Found = true, dir
	return n
}

func needDisplay() need {
	n := need{Name: "display", For: "longtake kiosk"}
	for _, name := range []string{"WAYLAND_DISPLAY", "DISPLAY"} {
		if v := os.Getenv(name); v != "" {
			n.OK, n.Found = true, name+"="+v
			return n
		}
	}
	n.Missing = "neither DISPLAY nor WAYLAND_DISPLAY is set: run in a desktop session, or under xvfb-run (Debian package xvfb)"
	return n
}

// needFonts asks for letters that the embedded fonts lack.
func needFonts() need {
	n := need{Name: "fonts", For: "labels in scripts beyond Latin, Greek and Cyrillic"}
	t, err := text.NewTypesetter(text.Options{System: true})
	if err != nil {
		n.Missing = err.Error()
		return n
	}
	t.Layout("東京 서울 القاهرة ไทย", 16)
	if m := t.Missing(); len(m) > 0 {
		n.Missing = fmt.Sprintf("no font has %s: install the Debian packages fonts-noto-core and fonts-noto-cjk", string(m))
		return n
	}
	n.OK, n.Found = true, "the system's fonts cover Chinese, Japanese, Korean, Arabic and Thai"
	return n
}

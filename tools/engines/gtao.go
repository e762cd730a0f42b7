package engines

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp"

	"github.com/longtake/longtake/stage"
)

// GTAO are the parameters of three.js' GTAOPass; its own defaults but for the radius are 1,
// 1, 1, 1 and 16.
type GTAO struct {
	Radius           float64 `json:"radius"` // metres
	DistanceExponent float64 `json:"distanceExponent"`
	Thickness        float64 `json:"thickness"` // metres
	DistanceFallOff  float64 `json:"distanceFallOff"`
	Scale            float64 `json:"scale"`
	Samples          int     `json:"samples"`
}

// DefaultGTAO are the defaults of GTAOPass.
var DefaultGTAO = GTAO{0.25, 1, 1, 1, 1, 16}

// Occlude runs GTAOPass with its denoiser on the surfaces of a view, once with each of
// the settings; dir is this folder. Visibilities are in rows from the top.
func Occlude(ctx context.Context, dir string, s *stage.Surfaces, settings []GTAO) ([][]float64, error) {
	surfaces, near, far := packed(s)
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServer(http.Dir(dir)))
	mux.Handle("/npm/", http.StripPrefix("/npm/", http.FileServer(http.Dir(filepath.Join(dir, "node_modules")))))
	mux.HandleFunc("/surfaces", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(surfaces) })
	mux.HandleFunc("/occlusion.json", func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(map[string]any{"width": s.Width, "height": s.Height, "fovY": s.FovY, "near": near, "far": far, "settings": settings})
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	tab, end, err := open(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	var report Report
	var results []string
	if err := chromedp.Run(tab, chromedp.Navigate(server.URL+"/gtao.html"), loaded(&report)); err != nil {
		return nil, fmt.Errorf("engines: gtao: %w", err)
	}
	if len(report.Errors) > 0 {
		return nil, errors.New("engines: gtao: " + strings.Join(report.Errors, "; "))
	}
	if err := chromedp.Run(tab, chromedp.Evaluate("results", &results)); err != nil {
		return nil, fmt.Errorf("engines: gtao: %w", err)
	}
	var out [][]float64
	for _, r := range results {
		bytes, err := base64.StdEncoding.DecodeString(r)
		if err != nil || len(bytes) != s.Width*s.Height {
			return nil, fmt.Errorf("engines: gtao: %d pixels: %v", len(bytes), err)
		}
		ao := make([]float64, len(bytes))
		for i := range ao {
			x, y := i%s.Width, s.Height-1-i/s.Width
			ao[i] = float64(bytes[y*s.Width+x]) / 255
		}
		out = append(out, ao)
	}
	return out, nil
}

// packed are depths as a perspective camera stores them between near and far, and normals
// of eight bits, both in rows from the bottom.
func packed(s *stage.Surfaces) (bytes []byte, near, far float64) {
	near, far = math.Inf(1), 0
	for _, z := range s.Depth {
		if !math.IsInf(float64(z), 1) {
			near, far = math.Min(near, float64(z)), math.Max(far, float64(z))
		}
	}
	near, far = 0.9*near, 1.1*far
	var normals []byte
	for y := s.Height - 1; y >= 0; y-- {
		for x := range s.Width {
			i := y*s.Width + x
			d := 1.0
			if z := float64(s.Depth[i]); !math.IsInf(z, 1) {
				d = far / (far - near) * (1 - near/z)
			}
			bytes = binary.LittleEndian.AppendUint32(bytes, math.Float32bits(float32(d)))
			for k := range 3 {
				normals = append(normals, byte(math.Round(127.5*(1+float64(s.Normal[3*i+k])))))
			}
			normals = append(normals, 255)
		}
	}
	return append(bytes, normals...), near, far
}

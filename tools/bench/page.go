package main

import (
	"bufio"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

type generateBench struct {
	Features          int     `json:"features"`
	Seconds           float64 `json:"seconds"`
	FeaturesPerS      float64 `json:"features_per_s"`
	Triangles         int     `json:"triangles"`
	Bytes             int64   `json:"bytes"`
	PeakRSSBytes      *int64  `json:"peak_rss_bytes"`
	Buildings         int     `json:"buildings"`
	BuildingTriangles int     `json:"building_triangles"`
	BuildingBytes     int64   `json:"building_bytes"`
}

type frameBench struct {
	MedianMS  float64            `json:"median_ms"`
	Passes    map[string]float64 `json:"passes"`
	Triangles int                `json:"triangles"`
	Renderer  string             `json:"renderer"`
}

type videoBench struct {
	Frames  int     `json:"frames"`
	WallS   float64 `json:"wall_s"`
	RenderS float64 `json:"render_s"`
	EncodeS float64 `json:"encode_s"`
}

var tiers = []struct{ name, frames string }{{"draft", "24"}, {"low", "24"}, {"high", "12"}, {"ultra", "6"}}

// page measures everything and writes it down.
func (b *bench) page() (string, error) {
	var p strings.Builder
	before := load()
	packages := map[string]string{}
	generate, err := b.generation(packages)
	if err != nil {
		return "", err
	}
	city, renderer, _, err := b.tiersOf(packages[b.city], "--orbit", b.cityOrbit)
	if err != nil {
		return "", err
	}
	boxes, _, low, err := b.tiersOf(packages[b.boxes], "--orbit", boxesOrbit, "--fov", boxesFOV)
	if err != nil {
		return "", err
	}
	video, err := b.video(packages)
	if err != nil {
		return "", err
	}
	fmt.Fprintf(&p, `# Benchmarks
`+"`make bench`"+` measures these and writes this page. Medians, one after another on one
machine; nothing else should run on it meanwhile (load average before: %s).

Machine: %s, %d cores, %s of memory; %s; %s; %s.

## Generating
Features are what was read; time is from reading to the finished package. Triangles are
those of the finest level, bytes those of all levels, both of buildings alone.

%s
## Frames of live mode, 1280x720
One frame at each of several places of the flight: the camera has moved since the frame
before, tiles are chosen, shadows are redrawn, and the frame is finished before the clock
stops. Passes come from a run of their own that finishes each pass, so their sum is a
little above the frame's time. Milliseconds.

### %s, obliquely (`+"`--orbit %s`"+`)
%s
### 20,000 plain buildings from 500 m (`+"`--orbit %s --fov %s`"+`)
%s
The goal for live `+"`low`"+` is 150 ms a frame on two cores: it takes %.0f ms here, %.2f of the goal.

## Video, 1280x720
Rendered alone, encoded alone and both at once, in one run; the goal is a ratio of 1.15 at most.

%s`, before, cpu(), runtime.NumCPU(), memory(), renderer, mesa(), runtime.Version(),
		generate, b.cityName, b.cityOrbit, city, boxesOrbit, boxesFOV, boxes, low, low/150, video)
	return p.String(), nil
}

// generation measures each input on all cores and on one, and leaves packages to draw.
func (b *bench) generation(packages map[string]string) (string, error) {
	t := table{head: []string{"input", "cores", "features", "s", "features/s", "triangles/building", "bytes/building", "package MB", "peak MB"}}
	for _, in := range []struct{ name, path string }{{b.cityName, b.city}, {"sample city", b.sample}, {"20,000 boxes", b.boxes}} {
		if packages[in.path] != "" {
			continue
		}
		for _, cores := range []int{1, runtime.NumCPU()} {
			var runs []generateBench
			for range 3 {
				var g generateBench
				if err := b.longtake(&g, []string{fmt.Sprint("GOMAXPROCS=", cores)}, "bench", "generate", in.path); err != nil {
					return "", err
				}
				runs = append(runs, g)
			}
			slices.SortFunc(runs, func(x, y generateBench) int { return int(1e3 * (x.Seconds - y.Seconds)) })
			g := runs[len(runs)/2]
			peak := "not known"
			if g.PeakRSSBytes != nil {
				peak = fmt.Sprintf("%.0f", float64(*g.PeakRSSBytes)/1e6)
			}
			t.row(in.name, fmt.Sprint(cores), fmt.Sprint(g.Features), fmt.Sprintf("%.2f", g.Seconds), fmt.Sprintf("%.0f", g.FeaturesPerS),
				per(g.BuildingTriangles, g.Buildings), per(int(g.BuildingBytes), g.Buildings), fmt.Sprintf("%.1f", float64(g.Bytes)/1e6), peak)
		}
		dir := filepath.Join(b.dir, fmt.Sprint("package", len(packages)))
		if err := b.longtake(nil, nil, "generate", in.path, "-o", dir, "--quiet"); err != nil {
			return "", err
		}
		packages[in.path] = dir
	}
	return t.String(), nil
}

func per(n, of int) string {
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.0f", float64(n)/float64(of))
}

// tiersOf measures frames of a package at each tier; low is the median of tier low.
func (b *bench) tiersOf(dir string, flight ...string) (text, renderer string, low float64, err error) {
	results := map[string]frameBench{}
	peaks := map[string]int64{}
	total := map[string]float64{}
	for _, tier := range tiers {
		var f frameBench
		args := append([]string{"bench", "frame", dir, "--size", "1280x720", "--quality", tier.name, "--frames", tier.frames}, flight...)
		if err := b.longtake(&f, nil, args...); err != nil {
			return "", "", 0, err
		}
		results[tier.name], peaks[tier.name], renderer = f, b.peak, f.Renderer
		for name, ms := range f.Passes {
			total[name] += ms
		}
	}
	t := table{head: []string{""}}
	whole, triangles, peak := []string{"**frame**"}, []string{"triangles submitted"}, []string{"peak MB"}
	for _, tier := range tiers {
		f := results[tier.name]
		t.head = append(t.head, tier.name)
		whole = append(whole, fmt.Sprintf("**%.1f**", f.MedianMS))
		triangles = append(triangles, fmt.Sprint(f.Triangles))
		peak = append(peak, fmt.Sprintf("%.0f", float64(peaks[tier.name])/1e6))
	}
	t.row(whole...)
	names := slices.SortedFunc(maps.Keys(total), func(x, y string) int {
		if total[x] != total[y] {
			return int(1e6 * (total[y] - total[x]))
		}
		return strings.Compare(x, y)
	})
	for _, name := range names {
		if total[name] < float64(len(tiers)) { // below a millisecond on the average
			continue
		}
		row := []string{name}
		for _, tier := range tiers {
			ms, ok := results[tier.name].Passes[name]
			if !ok {
				row = append(row, "")
				continue
			}
			row = append(row, fmt.Sprintf("%.1f", ms))
		}
		t.row(row...)
	}
	t.row(triangles...)
	t.row(peak...)
	return t.String(), renderer, results["low"].MedianMS, nil
}

func (b *bench) video(packages map[string]string) (string, error) {
	t := table{head: []string{"scene", "tier", "frames", "render s", "encode s", "both s", "both / the slower alone", "frames/s", "peak MB"}}
	for _, c := range []struct{ name, path, tier, orbit string }{{b.cityName, b.city, "low", b.cityOrbit}, {"sample city", b.sample, "low", ""}, {"20,000 boxes", b.boxes, "draft", boxesOrbit}} {
		args := []string{"bench", "video", packages[c.path], "--size", "1280x720", "--quality", c.tier, "--frames", "90"}
		if c.orbit != "" {
			args = append(args, "--orbit", c.orbit)
		}
		var v videoBench
		if err := b.longtake(&v, nil, args...); err != nil {
			return "", err
		}
		t.row(c.name, c.tier, fmt.Sprint(v.Frames), fmt.Sprintf("%.2f", v.RenderS), fmt.Sprintf("%.2f", v.EncodeS), fmt.Sprintf("%.2f", v.WallS),
			fmt.Sprintf("%.2f", v.WallS/max(v.RenderS, v.EncodeS)), fmt.Sprintf("%.1f", float64(v.Frames)/v.WallS), fmt.Sprintf("%.0f", float64(b.peak)/1e6))
	}
	return t.String(), nil
}

// table is a Markdown table.
type table struct {
	head []string
	rows [][]string
}

func (t *table) row(cells ...string) { t.rows = append(t.rows, cells) }

func (t *table) String() string {
	var s strings.Builder
	fmt.Fprintf(&s, "| %s |\n|%s\n", strings.Join(t.head, " | "), strings.Repeat(" --- |", len(t.head)))
	for _, r := range t.rows {
		fmt.Fprintf(&s, "| %s |\n", strings.Join(r, " | "))
	}
	return s.String()
}

// cpu is the processor's name.
func cpu() string { return procField("/proc/cpuinfo", "model name", runtime.GOARCH) }

func memory() string {
	var kb int64
	if _, err := fmt.Sscan(procField("/proc/meminfo", "MemTotal", ""), &kb); err != nil {
		return "an unknown amount"
	}
	return fmt.Sprintf("%.0f GB", float64(kb)*1024/1e9)
}

// load is how busy the machine was in the last minute.
func load() string {
	data, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "not known"
	}
	first, _, _ := strings.Cut(string(data), " ")
	return first
}

// procField is the value after a key and a colon.
func procField(path, key, none string) string {
	f, err := os.Open(path)
	if err != nil {
		return none
	}
	defer func() { _ = f.Close() }()
	for s := bufio.NewScanner(f); s.Scan(); {
		if k, v, _ := strings.Cut(s.Text(), ":"); strings.TrimSpace(k) == key {
			return strings.TrimSpace(v)
		}
	}
	return none
}

// mesa is the version of Debian's Mesa.
func mesa() string {
	out, err := exec.Command("dpkg-query", "-W", "-f", "${Version}", "libgl1-mesa-dri").Output()
	if err != nil {
		return "Mesa of unknown version"
	}
	return "Mesa " + string(out)
}

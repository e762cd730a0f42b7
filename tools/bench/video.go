package main

import "fmt"

type videoBench struct {
	Frames    int     `json:"frames"`
	WallS     float64 `json:"wall_s"`
	RenderS   float64 `json:"render_s"`
	EncodeS   float64 `json:"encode_s"`
	PeakBytes *int64  `json:"peak_rss_bytes"`
}

// video measures rendering and encoding, alone and together.
func (b *bench) video() (string, error) {
	t := table{head: []string{"scene", "tier", "frames", "render s", "encode s", "both s", "both / the slower alone", "goal 1.15", "frames/s", "peak MB"}}
	frames := "60"
	if b.small {
		frames = "4"
	}
	for _, c := range []struct{ name, scene, tier, orbit string }{{b.cityName, b.city, "low", b.cityOrbit}, {"sample city", b.sample, "low", ""}, {"20,000 boxes", b.boxes, "draft", boxesOrbit}} {
		dir, err := b.pack(c.scene)
		if err != nil {
			return t.String(), err
		}
		args := []string{"bench", "video", dir, "--size", "1280x720", "--quality", c.tier, "--frames", frames}
		if c.orbit != "" {
			args = append(args, "--orbit", c.orbit)
		}
		var v videoBench
		if err := b.longtake(&v, nil, args...); err != nil {
			return t.String(), err
		}
		ratio, peak := v.WallS/max(v.RenderS, v.EncodeS), "not known"
		if v.PeakBytes != nil {
			peak = whole(float64(*v.PeakBytes) / 1e6)
		}
		t.row(c.name, c.tier, fmt.Sprint(v.Frames), seconds(v.RenderS), seconds(v.EncodeS), seconds(v.WallS),
			fmt.Sprintf("%.2f", ratio), against(ratio, 1.15, true), fmt.Sprintf("%.1f", float64(v.Frames)/v.WallS), peak)
	}
	return "Rendered alone, encoded alone and both at once, in one run.\n\n" + t.String(), nil
}

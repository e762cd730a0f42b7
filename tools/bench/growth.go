package main

import "fmt"

// growth measures frames in invented cities of growing size.
func (b *bench) growth() (string, error) {
	vertices := "1e8"
	if b.small {
		vertices = "1e6"
	}
	var r struct {
		Cities []struct {
			Vertices    int     `json:"vertices"`
			Buildings   int     `json:"buildings"`
			Tiles       int     `json:"tiles"`
			Bytes       int64   `json:"bytes"`
			GenerateS   float64 `json:"generate_s"`
			FirstFrameS float64 `json:"first_frame_s"`
			MedianMS    float64 `json:"median_ms"`
			CPUMS       float64 `json:"cpu_ms"`
			Triangles   int     `json:"triangles"`
			Flight      struct {
				MedianMS float64 `json:"median_ms"`
				P95MS    float64 `json:"p95_ms"`
				WorstMS  float64 `json:"worst_ms"`
				Coarse   float64 `json:"coarse"`
			} `json:"flight"`
			PeakBytes   *int64 `json:"peak_rss_bytes"`
			ResidentRAM int64  `json:"resident_bytes"`
			GPUBytes    int64  `json:"gpu_bytes"`
		} `json:"cities"`
		Growth   float64 `json:"growth"`
		Renderer string  `json:"renderer"`
	}
	if err := b.longtake(&r, nil, "bench", "--vertices", vertices); err != nil {
		return "", err
	}
	t := table{head: []string{"vertices", "buildings", "tiles", "package MB", "generated s", "first frame s", "orbit ms", "CPU ms", "triangles", "flight ms", "95 %", "worst", "coarse %", "tiles MB", "GPU MB", "peak MB"}}
	for _, c := range r.Cities {
		f := frameBench{PeakBytes: c.PeakBytes}
		ms := func(v float64) string { return fmt.Sprintf("%.1f", v) }
		t.row(fmt.Sprint(c.Vertices), fmt.Sprint(c.Buildings), fmt.Sprint(c.Tiles), megabytes(c.Bytes), whole(c.GenerateS), seconds(c.FirstFrameS), ms(c.MedianMS), ms(c.CPUMS), fmt.Sprint(c.Triangles),
			ms(c.Flight.MedianMS), ms(c.Flight.P95MS), ms(c.Flight.WorstMS), whole(100*c.Flight.Coarse), megabytes(c.ResidentRAM), megabytes(c.GPUBytes), f.peak())
	}
	last := r.Cities[len(r.Cities)-1]
	return fmt.Sprintf(``+"`longtake bench --vertices %s`"+` at 1280x720, tier low: invented cities, each the middle of the next, with ground,
streets and trees; vertices are those of the finest level, copies of trees not among them. First
frame: from opening surface and package, files being in the system's cache, to the finished picture.
Orbit: the same in each city, 500 m round and 220 m above its middle, as under "Frames". Flight: 3 km
over the middle at 150 m/s, watched live while tiles come in the background; coarse are the frames
in which a tile under way has a coarser one in its place. Renderer: %s.

%s
A frame of the largest city takes %.2f × the smallest's: %s. Its first frame takes %s of 5 s.
`, vertices, r.Renderer, &t, r.Growth, against(r.Growth, 1.5, true), against(last.FirstFrameS, 5, true)), nil
}

package stage

import (
	"testing"

	"github.com/longtake/longtake/scene"
)

// changingScene goes from day to night, through rain, snow and fog, and its columns fade out.
const changingScene = `longtake: 1
name: changing
sources:
  dots: {path: dots.csv}
layers:
  - {id: columns, type: column, source: dots, radius: 30, height: 60}
  - {id: disc, type: disc, source: dots, radius: 90, opacity: 0.5}
  - {id: clouds, type: clouds, cover: 0.6, opacity: 0}
  - {id: rain, type: rain, opacity: 0}
  - {id: snow, type: snow, opacity: 0}
  - {id: fog, type: fog, visibility: 900, opacity: 0}
environment: {time: 2026-06-21T16:00:00Z, speed: 1800, globe: {sea: true}}
output: {size: 96x54, fps: 2, quality: low}
story:
  duration: 30s
  keyframes:
    - {at: 0s, camera: {lng: 7.4190, lat: 43.7375, height: 260, target: {lng: 7.4216, lat: 43.7405, height: 60}}}
    - {at: 30s, camera: {lng: 7.4190, lat: 43.7375, height: 160, target: {lng: 7.4216, lat: 43.7405, height: 90}}}
  chapters:
    - {id: clouds, from: 2s, transition: 1s, set: {clouds.opacity: 1}}
    - {id: rain, from: 6s, transition: 1s, set: {rain.opacity: 1, clouds.opacity: 0}}
    - {id: snow, from: 12s, transition: 1s, set: {rain.opacity: 0, snow.opacity: 1}}
    - {id: fog, from: 18s, transition: 1s, set: {snow.opacity: 0, fog.opacity: 1}}
    - {id: fade, from: 24s, transition: 2s, set: {columns.opacity: 0, fog.opacity: 0}}
`

// No program is made after the first frame of a story, whatever weather it brings.
func TestNothingIsCompiledInAStory(t *testing.T) {
	for _, quality := range []string{"draft", "high"} {
		p := openPlayer(t, changingScene, map[string]string{"dots.csv": "lng,lat\n7.4213,43.7402\n7.4206,43.7399\n"})
		l := openLive(t, p, quality)
		if _, err := l.draw(t.Context(), scene.Time{}, nil); err != nil {
			t.Fatal(err)
		}
		first := l.renderer.Stats().Programs
		for at := 0.0; at < 30; at += 0.7 {
			if _, err := l.draw(t.Context(), scene.Seconds(at), nil); err != nil {
				t.Fatal(err)
			}
			if n := l.renderer.Stats().Programs; n > first {
				t.Errorf("%s: %d programs were compiled at %.2f s", quality, n-first, at)
				first = n
			}
		}
	}
}

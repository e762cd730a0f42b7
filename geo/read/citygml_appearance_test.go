package read

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// TestTextures: appearances behind the objects that they belong to; a surface has the mean
// of the part of a picture that it shows, t counted upwards; what lies outside of the
// file's folder is not read.
func TestTextures(t *testing.T) {
	needGDAL(t)
	dir := t.TempDir()
	twoTones(t, filepath.Join(dir, "wall.png"))
	house := `<bldg:Building gml:id="house"><bldg:lod1MultiSurface><gml:MultiSurface><gml:surfaceMember>` + gmlPolygon("low", 0, 30) +
		`</gml:surfaceMember><gml:surfaceMember>` + gmlPolygon("high", 0, 35) + `</gml:surfaceMember><gml:surfaceMember>` + gmlPolygon("far", 0, 40) + `</gml:surfaceMember></gml:MultiSurface></bldg:lod1MultiSurface></bldg:Building>`
	texture := func(file, target, at string) string {
		return `<app:surfaceDataMember><app:ParameterizedTexture><app:imageURI>` + file + `</app:imageURI><app:target uri="#` + target + `"><app:TexCoordList><app:textureCoordinates ring="#r">` + at + `</app:textureCoordinates></app:TexCoordList></app:target></app:ParameterizedTexture></app:surfaceDataMember>`
	}
	text := gmlFile(house)
	end := "</core:CityModel>"
	text = text[:len(text)-len(end)] + `<app:appearanceMember><app:Appearance>` + texture("wall.png", "low", "0 0 1 0 1 0.5 0 0.5 0 0") + texture("wall.png", "high", "0 0.5 1 0.5 1 1 0 0.5") + texture("../wall.png", "far", "0 0 1 0 1 1 0 0") + `</app:Appearance></app:appearanceMember>` + end
	path := filepath.Join(dir, "city.gml")
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	fs, s, err := collect(t, path, Options{})
	if err != nil || len(fs) != 1 || len(fs[0].Surfaces) != 3 {
		t.Fatal(len(fs), err)
	}
	for i, want := range [][4]uint8{{30, 60, 180, 255}, {200, 40, 40, 255}, {}} {
		if got := fs[0].Surfaces[i].Color; got != want {
			t.Errorf("surface %d is %v, want %v", i, got, want)
		}
	}
	if len(s.Notes) == 0 {
		t.Error("the texture that cannot be read is not told")
	}
}

// twoTones writes a picture that is red above and blue below.
func twoTones(t *testing.T, path string) {
	m := image.NewNRGBA(image.Rect(0, 0, 32, 32))
	for y := range 32 {
		for x := range 32 {
			c := color.NRGBA{200, 40, 40, 255}
			if y >= 16 {
				c = color.NRGBA{30, 60, 180, 255}
			}
			m.SetNRGBA(x, y, c)
		}
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, m); err != nil {
		t.Fatal(err)
	}
}

package read

// cityAppearance is the appearance object of CityJSON: materials, textures, and the
// coordinates that faces have in them.
type cityAppearance struct {
	Materials []struct {
		Diffuse []float64 `json:"diffuseColor"`
	} `json:"materials"`
	Textures []struct {
		Image string `json:"image"`
	} `json:"textures"`
	TextureVertices [][2]float64 `json:"vertices-texture"`
	MaterialTheme   string       `json:"default-theme-material"`
	TextureTheme    string       `json:"default-theme-texture"`
}

// inherit takes from the first object of a sequence what a feature has none of: numbers
// of one feature count in its own lists where it has them.
func (a *cityAppearance) inherit(shared *cityAppearance) {
	if len(a.Materials) == 0 {
		a.Materials = shared.Materials
	}
	if len(a.Textures) == 0 {
		a.Textures = shared.Textures
	}
	if len(a.TextureVertices) == 0 {
		a.TextureVertices = shared.TextureVertices
	}
	if a.MaterialTheme == "" {
		a.MaterialTheme = shared.MaterialTheme
	}
	if a.TextureTheme == "" {
		a.TextureTheme = shared.TextureTheme
	}
}

// themed is what a geometry says in a theme, or else in the first of its themes.
func themed[T any](themes map[string]T, theme string) (t T, ok bool) {
	if t, ok = themes[theme]; !ok && len(themes) > 0 {
		return themes[sortedIDs(themes)[0]], true
	}
	return t, ok
}

// color is that of a face: the mean of what it shows of a texture, else its material's;
// zero where it has neither.
func (a *cityAppearance) color(f *face, from *pictures) (c [4]uint8) {
	if c, ok := a.shown(f.texture, from); ok {
		return c
	}
	if m := a.Materials; f.material >= 0 && f.material < len(m) && len(m[f.material].Diffuse) == 3 {
		return colorOf([3]float64(m[f.material].Diffuse))
	}
	return c
}

// shown is the mean of a texture within a ring: the number of the texture, then those of
// its vertices.
func (a *cityAppearance) shown(ring []int, from *pictures) (c [4]uint8, ok bool) {
	if len(ring) < 4 || ring[0] < 0 || ring[0] >= len(a.Textures) {
		return c, false
	}
	at := make([]float64, 0, 2*len(ring))
	for _, i := range append(ring[1:len(ring):len(ring)], ring[1]) { // rings of CityJSON are not closed
		if i < 0 || i >= len(a.TextureVertices) {
			return c, false
		}
		at = append(at, a.TextureVertices[i][0], a.TextureVertices[i][1])
	}
	m := from.open(a.Textures[ring[0]].Image)
	if m == nil {
		return c, false
	}
	return meanWithin(m, at)
}

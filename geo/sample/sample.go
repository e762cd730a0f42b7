package sample

import "fmt"

// File is one file of the sample.
type File struct {
	Name string
	Data []byte
}

// Files invents the city and returns its data files in a fixed order.
func Files(seed uint32) ([]File, error) {
	c := newCity(seed)
	blocks := c.blocks()
	c.coast()
	c.streets(blocks)
	rest := blocks[:0:0]
	for _, b := range blocks {
		if _, phi := b.center(); b.k == 5 && phi > 1.52 && phi < 1.66 {
			c.cathedral(b)
			continue
		}
		rest = append(rest, b)
	}
	c.fill(rest)
	c.landmarks()
	c.nature()
	trips, err := c.trips()
	if err != nil {
		return nil, fmt.Errorf("sample: trips: %w", err)
	}
	zones, err := c.zones()
	if err != nil {
		return nil, fmt.Errorf("sample: zones: %w", err)
	}
	globe, err := c.globe()
	if err != nil {
		return nil, fmt.Errorf("sample: globe: %w", err)
	}
	signs, err := icons()
	if err != nil {
		return nil, fmt.Errorf("sample: icons: %w", err)
	}
	planned, err := c.cityJSON()
	if err != nil {
		return nil, fmt.Errorf("sample: city model: %w", err)
	}
	model, err := pyramid()
	if err != nil {
		return nil, fmt.Errorf("sample: model: %w", err)
	}
	footage, err := c.footage()
	if err != nil {
		return nil, fmt.Errorf("sample: footage: %w", err)
	}
	return append([]File{
		{"city.osm", c.osm.xml()},
		{hgtName, c.hgt()},
		{"globe.png", globe},
		{"icons.png", signs},
		{"footage.avi", footage},
		{"places.csv", c.places()},
		{"sensors.csv", c.sensors()},
		{"flows.csv", c.flows()},
		{"prices.csv", c.prices()},
		{"trips.json", trips},
		{"zones.geojson", zones},
		{"winds.csv", c.winds()},
		{"storm.csv", storm()},
		{"outskirts.osm", c.outskirts()},
		{"isle.city.json", planned},
	}, model...), nil
}

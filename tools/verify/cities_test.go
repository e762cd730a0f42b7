package verify_test

// city is a real data set with its cameras. What the sample city is made of, longtake
// writes itself.
type city struct {
	name    string
	files   []string // below the data folder
	bbox    string   // what to take of them; all where it is empty
	scene   string   // where data files alone do not say enough; %[1]s is the data folder
	above   view
	oblique view
	street  view // stands in a street, at the height of eyes
}

// view is a camera: degrees, and metres above the ground below it.
type view struct{ lng, lat, height, heading, pitch float64 }

// required is how many of the cities, the first, a release must pass.
const required = 8

var cities = []city{
	{name: "sanfrancisco", scene: `longtake: 1
name: San Francisco
credits: ["© OpenStreetMap contributors"]
sources:
  osm: { type: osm, path: "%[1]s/city-sanfrancisco/sf-downtown.osm.pbf", bbox: [-122.43, 37.77, -122.38, 37.815] }
  dem: { type: raster, path: "%[1]s/city-sanfrancisco/sf-heightmap-8bit.png", bounds: [-122.5233, 37.6493, -122.3566, 37.8159], scale: 1.21 }
layers:
  - { id: ground, type: terrain, source: dem }
  - { id: areas, type: areas, source: osm }
  - { id: water, type: water, source: osm }
  - { id: roads, type: roads, source: osm }
  - { id: rail, type: railways, source: osm }
  - { id: buildings, type: buildings, source: osm }
  - { id: trees, type: trees, source: osm }
  - { id: furniture, type: furniture, source: osm }
  - { id: barriers, type: barriers, source: osm }
`,
		above: view{-122.402, 37.7915, 3000, 0, -90}, oblique: view{-122.4135, 37.7865, 450, 48, -20}, street: view{-122.406984, 37.794906, 1.8, 171, 6}},
	{name: "monaco", files: []string{"city-monaco/monaco-planetiler.osm.pbf", "city-monaco/N43E007.hgt.zip"},
		above: view{7.4235, 43.737, 3200, 0, -90}, oblique: view{7.4255, 43.7285, 450, 345, -22}, street: view{7.418532, 43.733945, 1.8, 169, 6}},
	{name: "andorra", files: []string{"city-andorra/andorra.osm.pbf", "city-andorra/N42E001.hgt.zip", "city-andorra/N41E001.hgt.zip"},
		above: view{1.55, 42.54, 30000, 0, -90}, oblique: view{1.513, 42.5, 450, 50, -14}, street: view{1.534839, 42.509861, 1.8, 85, 6}},
	{name: "honolulu", files: []string{"city-honolulu/honolulu.mbtiles"}, bbox: "-157.89,21.265,-157.8,21.325", // of all Oahu, with ten million trees
		above: view{-157.86, 21.306, 3500, 0, -90}, oblique: view{-157.872, 21.299, 450, 60, -18}, street: view{-157.856425, 21.300089, 1.8, 143, 6}},
	{name: "delft", files: []string{"city-delft/delft.city.json"},
		above: view{4.3662, 52.0118, 450, 0, -90}, oblique: view{4.3662, 52.0098, 120, 0, -25}, street: view{4.366278, 52.01162, 1.8, 52, 4}},
	{name: "vienna", scene: `longtake: 1
name: Vienna
sources:
  lod2: { type: vector, path: "%[1]s/city-vienna/vienna.city.jsonl", crs: "EPSG:31256" }
layers:
  - { id: buildings, type: buildings, source: lod2 }
`,
		above: view{16.3489, 48.2053, 900, 0, -90}, oblique: view{16.3489, 48.2013, 220, 0, -24}, street: view{16.351263, 48.206705, 1.8, 350, 6}},
	{name: "yokosuka", files: []string{"city-yokosuka/bldg/52397519_bldg_6697_op.gml"},
		above: view{139.7391, 35.2598, 450, 0, -90}, oblique: view{139.7391, 35.2578, 90, 0, -18}, street: view{139.7391, 35.2592, 1.8, 0, 2}},
	{name: "sample",
		above: view{-30.5, 36.5085, 1800, 0, -90}, oblique: view{-30.4935, 36.4995, 330, 318, -10}, street: view{-30.498360, 36.508250, 1.8, 291, 5}},
	{name: "sanfrancisco-north", files: []string{"city-sanfrancisco/sf-downtown.osm.pbf", "city-sanfrancisco/elev-russian-hill-float32.tif"},
		above: view{-122.418, 37.802, 3000, 0, -90}, oblique: view{-122.424, 37.797, 350, 135, -20}, street: view{-122.413794, 37.79649, 1.8, 261, 4}},
	{name: "monaco-coast", files: []string{"city-monaco/monaco-osrm.osm.pbf", "city-monaco/N43E007.hgt.zip"},
		above: view{7.42, 43.74, 7000, 0, -90}, oblique: view{7.43, 43.722, 900, 340, -20}, street: view{7.421375, 43.742099, 1.8, 205, 6}},
	{name: "berlin", files: []string{"city-berlin/siegessaeule.osm.gz"},
		above: view{13.3501, 52.5145, 400, 0, -90}, oblique: view{13.3515, 52.5137, 60, 315, -15}, street: view{13.350326, 52.51388, 1.8, 351, 10}},
	{name: "manhattan", files: []string{"city-newyork/manhattan-buildings.json", "city-newyork/manhattan-trips.json"},
		above: view{-74.003, 40.712, 3500, 0, -90}, oblique: view{-74.024, 40.698, 500, 48, -12}, street: view{-74.0125, 40.706726, 1.8, 29, 12}},
	{name: "liechtenstein", files: []string{"city-liechtenstein/liechtenstein-2013.osm.pbf"},
		above: view{9.5215, 47.141, 3000, 0, -90}, oblique: view{9.5125, 47.135, 300, 48, -18}, street: view{9.522048, 47.134529, 1.8, 178, 4}},
	{name: "beijing", files: []string{"city-beijing/haidian.osm"},
		above: view{116.3199, 40.0012, 3500, 0, -90}, oblique: view{116.31, 39.988, 350, 40, -18}, street: view{116.315059, 39.994286, 1.8, 175, 4}},
	{name: "taipei", files: []string{"city-taipei/taipei.osm"},
		above: view{121.5227, 25.0524, 500, 0, -90}, oblique: view{121.5225, 25.0502, 130, 0, -25}, street: view{121.522258, 25.052333, 1.8, 282, 8}},
	{name: "portoalegre", files: []string{"city-portoalegre/poa.osm.pbf", "city-portoalegre/poa_elevation.tif"},
		above: view{-51.215, -30.04, 12000, 0, -90}, oblique: view{-51.236, -30.04, 450, 40, -18}, street: view{-51.212294, -30.031465, 1.8, 9, 4}},
	{name: "washington", files: []string{"city-washington-dc/buildings.geojson", "city-washington-dc/dtm.tif"},
		above: view{-77.0527, 38.8105, 500, 0, -90}, oblique: view{-77.0527, 38.8085, 90, 0, -20}, street: view{-77.0527, 38.8105, 1.8, 0, 4}},
	{name: "zurich", files: []string{"city-zurich/zurich_lod2.city.json"},
		above: view{8.5354, 47.3781, 6000, 0, -90}, oblique: view{8.55455, 47.3645, 18, 45, -5}, street: view{8.5013, 47.36955, 1.8, 0, 12}},
}

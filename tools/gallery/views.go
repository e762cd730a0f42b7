package main

// light is an environment at a time; more is pairs of keys and values.
func light(time string, more ...any) map[string]any {
	e := map[string]any{"time": time}
	for i := 0; i+1 < len(more); i += 2 {
		e[more[i].(string)] = more[i+1]
	}
	return e
}

// from stands at lng,lat,height,heading,pitch: degrees, metres above the ellipsoid.
func from(camera string) []string { return []string{"--camera", camera} }

// at is a moment of the place's story.
func at(time string) []string { return []string{"--at", time} }

var rain = light("2026-06-21T22:20:00Z", "rain", 0.8, "wetness", 1, "clouds", 0.9, "fog", map[string]any{"visibility": 900, "height": 80})

// sampleViews are of Porto Largo, at 30° west: noon is at 14:00 UTC.
var sampleViews = []view{
	{name: "orbit", title: "From orbit", camera: at("0.2s")},
	{name: "noon", title: "The harbour at noon", camera: from("-30.4935,36.4995,330,318,-16"), environment: light("2026-06-21T14:30:00Z", "clouds", 0.3)},
	{name: "street", title: "A street by day", camera: from("-30.504913,36.50869,57.5,335.5,6"), environment: light("2026-06-21T15:30:00Z", "clouds", 0.2)},
	{name: "roofs", title: "Roofs in the last sun", camera: from("-30.5098,36.5072,100,330,-14"), environment: light("2026-06-21T19:50:00Z", "clouds", 0.2)},
	{name: "hillside", title: "Fog on the hillside in the morning", camera: from("-30.4855,36.5182,150,40,-10"), environment: light("2026-06-22T08:20:00Z", "clouds", 0.2, "fog", map[string]any{"visibility": 1500, "height": 60})},
	{name: "data", title: "Flows over the town at dusk", camera: at("8.4s")},
	{name: "quay", title: "The quay at dusk", camera: at("12s")},
	{name: "night", title: "The harbour at night", camera: from("-30.4935,36.4995,330,318,-16"), environment: light("2026-06-21T23:30:00Z")},
	{name: "rain", title: "Rain at night", camera: from("-30.49836,36.50825,52.6,291,5"), environment: rain},
	{name: "room", title: "In a room", camera: from("-30.5059,36.50682,52.4,236,-5"), environment: light("2026-06-21T18:30:00Z")},
}

// places are real cities and scenes: files below the folder of data, scenes of the
// repository, and flags.
var places = map[string][]string{
	"sanfrancisco": {"city-sanfrancisco/sf-downtown.osm.pbf"},
	"monaco":       {"city-monaco/monaco-planetiler.osm.pbf", "city-monaco/N43E007.hgt.zip"},
	"andorra":      {"city-andorra/andorra.osm.pbf", "city-andorra/N42E001.hgt.zip", "city-andorra/N41E001.hgt.zip"},
	"berlin":       {"city-berlin/siegessaeule.osm.gz"},
	"routes":       {"./examples/routes/scene.yaml"},
	"taxis":        {"./examples/manhattan/scene.yaml"},
}

// realViews are of places.
var realViews = []view{
	{name: "sanfrancisco-day", place: "sanfrancisco", camera: from("-122.3935,37.7965,230,240,-14"), environment: light("2026-06-21T17:00:00Z", "clouds", 0.2)},
	{name: "sanfrancisco-street", place: "sanfrancisco", camera: from("-122.4065,37.7905,30,60,-2"), environment: light("2026-06-22T02:20:00Z")},
	{name: "sanfrancisco-night", place: "sanfrancisco", camera: from("-122.3935,37.7965,230,240,-14"), environment: light("2026-06-22T05:40:00Z")},
	{name: "monaco-evening", place: "monaco", camera: from("7.4205,43.7325,150,60,-10"), environment: light("2026-06-21T18:20:00Z", "clouds", 0.3)},
	{name: "monaco-rain", place: "monaco", camera: from("7.4245,43.7335,110,330,-4"), environment: light("2026-06-21T20:00:00Z", "rain", 0.8, "wetness", 1, "clouds", 0.9)},
	{name: "andorra-morning", place: "andorra", camera: from("1.513,42.5,1700,50,-12"), environment: light("2026-06-22T06:00:00Z")},
	{name: "andorra-fog", place: "andorra", camera: from("1.533,42.5035,1330,292,-14"), environment: light("2026-06-22T06:20:00Z", "fog", map[string]any{"visibility": 1800, "height": 90, "base": 1040})},
	{name: "berlin-snow", place: "berlin", camera: from("13.3501,52.5105,90,0,-9"), environment: light("2026-01-10T11:30:00Z", "snow", 0.4, "snowCover", 1, "clouds", 0.25)},
	{name: "routes-orbit", place: "routes"},
	{name: "taxis-night", place: "taxis", camera: at("15s")},
}

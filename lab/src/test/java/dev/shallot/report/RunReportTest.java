package dev.shallot.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.shallot.picture.Markup;
import dev.shallot.run.RunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {
  private static final SampleRun SMALL = SampleRun.bernoulli().rounds(6);

  @TempDir Path folder;

  /** The page without what is inside its scripts and styles. */
  private static String markup(String html) {
    return html.replaceAll("(?s)(<script[^>]*>).*?</script>", "$1</script>")
        .replaceAll("(?s)<style>.*?</style>", "");
  }

  private static void replace(Path file, String what, String by) throws IOException {
    String text = Files.readString(file);
    assertTrue(text.contains(what), what);
    Files.writeString(file, text.replace(what, by));
  }

  @Test
  void theReportIsWrittenWholeBesideTheRun() throws IOException {
    SMALL.write(folder);
    Path file = RunReport.write(folder);
    assertEquals(folder.resolve("report.html"), file);
    assertEquals(RunReport.html(folder), Files.readString(file));
    try (var files = Files.list(folder)) {
      assertEquals(
          List.of("events.jsonl", "report.html", "run.json"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void theVerdictIsOneSentence() {
    String html = RunReport.html(SMALL.write(folder));
    assertTrue(
        html.contains("Bernoulli masks, m = 200, p = 4, ξ = 0.5, τ = 5: error 14.13 → "), html);
    assertTrue(html.contains(" in 6 rounds; all rounds are done."));
  }

  @Test
  void nothingIsLoadedFromAnywhere() {
    String html = RunReport.html(SMALL.write(folder));
    Matcher loads =
        Pattern.compile("(?i)\\s(src|href|action|data)\\s*=\\s*[\"']?([^\\s\"'>]*)")
            .matcher(markup(html));
    while (loads.find()) {
      assertEquals("data:,", loads.group(2), loads.group());
    }
    assertFalse(markup(html).contains("//"));
    assertFalse(
        Pattern.compile("(?i)@import|url\\(")
            .matcher(html.substring(0, html.indexOf("</style>")))
            .find());
    assertTrue(html.contains("default-src 'none'"));
    assertFalse(html.contains("{{"), "a hole of the template is left");
  }

  @Test
  void namesAndPathsAreTextWhateverTheyHold() throws IOException {
    String attack = "</script><script>alert(1)</script><img src=x onerror=alert(2)>'\\\"&<!--";
    SMALL.write(folder);
    Path run = folder.resolve("run.json");
    replace(run, "strength", attack);
    replace(run, "/data/a & b/<sample>.csv", attack + "/" + attack);
    replace(run, "all rounds are done", attack);
    replace(run, "the separator is a comma", attack);
    replace(run, "\"bernoulli\"", "\"" + attack + "\"");
    replace(run, "\"seed\"", "\"" + attack + "\"");
    String html = RunReport.html(folder);
    String page = markup(html);
    assertFalse(page.contains("alert(1)</script>"), page);
    assertFalse(page.contains("<img"), page);
    assertFalse(page.contains("<!--"), page);
    assertTrue(page.contains("&lt;/script&gt;&lt;script&gt;alert(1)"), page);
    assertEquals(5, count(html, "<script"), "the scripts of the template and no other");
    assertEquals(5, count(html, "</script"));
  }

  private static int count(String text, String what) {
    return (int)
        Pattern.compile(Pattern.quote(what), Pattern.CASE_INSENSITIVE)
            .matcher(text)
            .results()
            .count();
  }

  @Test
  void scriptsCannotEndOrHideTheirElement() {
    assertEquals("a='<\\/script>'", Markup.scriptInScript("a='</script>'"));
    assertEquals("a='<\\/SCRIPT>'+'<\\!--'", Markup.scriptInScript("a='</SCRIPT>'+'<!--'"));
    assertEquals("[\"\\u003c/script>\\u0026\"]", Markup.jsonInScript("[\"</script>&\"]"));
    assertEquals(
        "<b>{{two}}</b>",
        Markup.fill("<b>{{one}}</b>", java.util.Map.of("one", "{{two}}", "two", "$1")));
  }

  @Test
  void aRunOfRoundsOnlySaysWhyThereIsNoTrace() {
    String html = RunReport.html(SMALL.roundsOnly().write(folder));
    assertTrue(html.contains("holds no step events"));
    assertFalse(html.contains("data-chart=\"trace\""));
    assertTrue(html.contains("data-chart=\"error\""));
  }

  @Test
  void aTornLastLineIsToldInTheReport() throws IOException {
    SMALL.write(folder);
    Path log = folder.resolve("events.jsonl");
    String text = Files.readString(log);
    Files.writeString(log, text.substring(0, text.length() - 20));
    String html = RunReport.html(folder);
    assertTrue(html.contains("was cut off while it was written"));
    assertTrue(html.contains("inside round 5"));
  }

  @Test
  void aDamagedLogLeavesAnOldReportAsItWas() throws IOException {
    SMALL.write(folder);
    Files.writeString(folder.resolve("report.html"), "old");
    replace(folder.resolve("events.jsonl"), "\"subnet\":2", "\"subnet\":7");
    RunException error = assertThrows(RunException.class, () -> RunReport.write(folder));
    assertTrue(String.valueOf(error.getMessage()).contains("line 5"), error::getMessage);
    assertEquals("old", Files.readString(folder.resolve("report.html")));
  }

  @Test
  void aDivergedRunIsCalledThat() {
    String html = RunReport.html(SampleRun.diverging().write(folder));
    assertTrue(html.contains("verdict bad"));
    assertTrue(html.contains("→ not finite in 60 rounds; it diverged: "));
    assertTrue(html.contains("there is no model"));
    assertFalse(html.contains("Held-out"));
    String json = html.substring(html.indexOf("id=\"run-data\">"));
    assertFalse(json.substring(0, json.indexOf("</script>")).contains("NaN"), "JSON has no NaN");
  }

  @Test
  void whatHasPartsIsToldInWords() throws IOException {
    SMALL.write(folder);
    replace(
        folder.resolve("run.json"),
        "\"finalError\"",
        """
        "kept": {"round": 12, "loss": 0.3125},
        "traffic": {"rounds": 2, "ledgerBytes": 3000, "countedBytes": 3200,
            "dataParallelBytes": 60000, "localSgdBytes": 12000},
        "tracked": {"lambda0": 0.25, "largestDrift": {"value": 0.5, "round": 3},
            "smallestSubnetLambdaMin": {"value": 0.125, "round": 4, "subnet": 1},
            "residualFirst": [2.0, 1.5], "plFirst": null, "seconds": 0.5},
        "finalError\"\
        """);
    String html = markup(RunReport.html(folder));
    for (String words :
        List.of(
            "after round 12, loss 0.3125 a row (the model and its scores are this network’s)",
            "<td>1.5 kB</td>",
            "<td>30 kB</td>",
            "<td>0.5 (round 3)</td>",
            "<td>0.125 (round 4, subnet 1)</td>",
            "<td>2, 1.5</td>",
            "<td>not finite</td>",
            "<td>500 ms</td>")) {
      assertTrue(html.contains(words), words + "\n" + html);
    }
    assertFalse(html.contains("{round") || html.contains("round=12"), html);
  }

  @Test
  void aRunThatWasKilledShowsWhatItsLogHolds() throws IOException {
    SMALL.write(folder);
    replace(folder.resolve("run.json"), "rounds-done", "running");
    replace(folder.resolve("run.json"), "\"finalError\"", "\"other\"");
    String html = RunReport.html(folder);
    assertTrue(html.contains("The run was not finished"));
    assertTrue(html.contains("no end of the run is recorded"));
    assertFalse(html.contains("→ not finite"));
  }

  @Test
  void theWorstNamesOfTenTargetsHaveTheirOwnScores() {
    String html = RunReport.html(SampleRun.tenOutputs().write(folder));
    assertTrue(html.contains("mean over 10 targets"));
    assertEquals(2, count(html, ">digit 9<"));
  }

  @Test
  void longRunsAreGroupedAndSaySo() {
    double[] error = new double[4500];
    java.util.Arrays.setAll(error, k -> 1.0 + k % 5);
    RunSeries series = series(error);
    ChartData data =
        new ChartData(
            series, new RunFacts("full", 8, 4, 1, 1, 0, 4500, 2), java.util.Optional.empty());
    assertEquals(1, data.thinning().size());
    assertTrue(data.thinning().getFirst().contains("4,500 observed rounds in groups of 5"));
    String json = data.json();
    assertTrue(json.contains("\"round\":[0,5,10,"), json);
    assertTrue(json.contains("\"last\":[4,9,14,"), json);
    assertEquals(
        900,
        count(json.replaceAll("(?s).*\"error\":\\{[^}]*?\"mean\":\\[([^]]*)].*", "$1,"), "3,"));
  }

  @Test
  void shortRunsAreDrawnWhole() {
    ChartData data =
        new ChartData(
            series(new double[ChartData.SINGLE_ROUNDS]),
            new RunFacts("full", 8, 4, 1, 1, 0, 9, 2),
            java.util.Optional.empty());
    assertEquals(List.of(), data.thinning());
  }

  private static RunSeries series(double[] error) {
    double[] round = new double[error.length];
    java.util.Arrays.setAll(round, k -> k);
    double[] none = new double[0];
    return new RunSeries(
        9,
        0,
        Double.NaN,
        0,
        0,
        new RunSeries.Rounds(
            round, error, none, none, none, none, error, error, error, error, error, error, error),
        new RunSeries.Steps(none, none, none, none),
        new TrackSeries(Double.NaN, Double.NaN, new double[0], java.util.Map.of(), List.of()),
        List.of());
  }

  @Test
  void expectedCoverageFollowsTheMaskLaw() {
    RunFacts bernoulli = new RunFacts("bernoulli", 4000, 100, 10, 0.5, 10, 200, 11);
    assertEquals(4000.0 / 1024, bernoulli.expectedUncovered(), 1e-9);
    assertEquals(
        0.0, new RunFacts("categorical", 4000, 100, 10, 0.1, 10, 200, 11).expectedUncovered());
  }

  @Test
  void noCountryChangesTheReport() {
    SMALL.write(folder);
    String usual = RunReport.html(folder);
    String picture = TraceSvg.render(folder, 4);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals(usual, RunReport.html(folder));
      assertEquals(picture, TraceSvg.render(folder, 4));
    } finally {
      Locale.setDefault(before);
    }
  }

  /** Words and axes are of the loss that the run has. */
  @Test
  void aRunOfTheCrossEntropyIsNotCalledSquared() throws IOException {
    Path run = SampleRun.bernoulli().write(folder);
    replace(
        run.resolve("run.json"), "\"init-scale\"", "\"loss\" : \"cross-entropy\", \"init-scale\"");
    SampleRun.stopEarly(run, 20);
    String html = RunReport.html(run);
    String words = html.replaceAll("(?s)<script.*?</script>", "");
    assertTrue(words.contains("cross-entropy −Σ ln p of the whole network"), words);
    assertFalse(words.contains("‖y"), words);
    assertTrue(html.contains("\"lossName\":\"log loss a row\""));
    assertTrue(html.contains("\"keptRound\":20"));
    assertTrue(html.contains("\"heldOut\":{"));
  }

  @Test
  void aFolderWithoutARunIsRefused() {
    assertThrows(RunException.class, () -> RunReport.html(folder));
    assertThrows(RunException.class, () -> RunReport.html(folder.resolve("absent")));
  }
}

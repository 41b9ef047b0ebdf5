package io.maeharness.reporting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * The page in a real browser, opened from disk. Needs Chromium and its driver (Debian: {@code apt install chromium
 * chromium-driver}); without them the tests are skipped with that line.
 */
class PageInBrowserTest {

    private static final String ACCESSIBILITY = "const done = arguments[arguments.length - 1];"
            + "axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations.map("
            + "v => v.id + ': ' + v.help + ' at ' + v.nodes.map(n => n.target.join(' ')).join(', '))));";

    /** Kept, since a logger that nobody holds forgets its level; Selenium warns about every newer browser. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    @TempDir
    static Path directory;

    private static ChromeDriver browser;
    private static Path index;

    @BeforeAll
    static void openThePage() throws IOException {
        Optional<Path> chromium = executable("chromium", "chromium-browser", "google-chrome");
        Optional<Path> driver = executable("chromedriver");
        String missing = "page not checked in a browser: chromium or chromedriver is not on the PATH;"
                + " on Debian: apt install chromium chromium-driver";
        if (chromium.isEmpty() || driver.isEmpty()) {
            System.out.println(missing);
        }
        assumeTrue(chromium.isPresent() && driver.isPresent(), missing);
        index = new Reporter()
                .render(new SampleReport(directory.resolve("store")).fill(3))
                .index();
        SELENIUM.setLevel(Level.SEVERE);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.get().toFile())
                .build();
        browser = new ChromeDriver(service, options(chromium.get()));
        browser.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
    }

    @AfterAll
    static void closeTheBrowser() {
        if (browser != null) {
            browser.quit();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void axeFindsNoViolation(String scheme) throws IOException {
        open(scheme, 1280);
        try (InputStream axe = PageInBrowserTest.class.getResourceAsStream("/axe.min.js")) {
            browser.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertEquals(List.of(), browser.executeAsyncScript(ACCESSIBILITY));
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 390, 800, 1280})
    void thePageNeverScrollsSideways(int width) {
        open("light", width);
        Long overflow = (Long) browser.executeScript(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertEquals(0L, overflow);
    }

    @Test
    void everyImageLoads() {
        for (String scheme : List.of("light", "dark")) {
            open(scheme, 1280);
            Object broken = browser.executeScript("return Array.from(document.images)"
                    + ".filter(i => !i.complete || i.naturalWidth === 0).map(i => i.currentSrc)");
            assertEquals(List.of(), broken);
            assertTrue((Long) browser.executeScript("return document.images.length") > 10);
        }
    }

    @Test
    void nothingIsFetchedFromElsewhere() {
        open("light", 1280);
        Object foreign = browser.executeScript("return performance.getEntriesByType('resource')"
                + ".map(e => e.name).filter(n => !n.startsWith('file:') && !n.startsWith('data:'))");
        assertEquals(List.of(), foreign);
    }

    private static void open(String scheme, int width) {
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        browser.manage().window().setSize(new Dimension(width, 900));
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        browser.get(index.toUri().toString());
    }

    private static ChromeOptions options(Path chromium) throws IOException {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        Path profile = Files.createDirectory(directory.resolve("browser"));
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile);
        return options;
    }

    private static Optional<Path> executable(String... names) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(names)
                .flatMap(name ->
                        Arrays.stream(path.split(File.pathSeparator)).map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}

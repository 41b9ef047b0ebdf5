package io.maeharness.reporting.page;

import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;

/** The template of the page; every text that it prints is escaped. */
public final class PageTemplate {

    private final Configuration configuration;

    /** Template from the class path. */
    public PageTemplate() {
        configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setClassForTemplateLoading(PageTemplate.class, "");
        configuration.setDefaultEncoding("UTF-8");
        configuration.setLocale(Locale.ROOT);
        configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setWrapUncheckedExceptions(true);
    }

    /** The page as HTML. */
    public String render(PageModel page) {
        StringWriter html = new StringWriter();
        try {
            configuration.getTemplate("index.html.ftlh").process(page, html);
        } catch (IOException | TemplateException e) {
            throw new IllegalStateException("the page's template does not fit its model", e);
        }
        return html.toString();
    }

    /** The page's style sheet. */
    public byte[] style() {
        try (InputStream stream = PageTemplate.class.getResourceAsStream("style.css")) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the bundled style.css", e);
        }
    }
}

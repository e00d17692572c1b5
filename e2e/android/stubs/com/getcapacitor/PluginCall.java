package com.getcapacitor;

public class PluginCall {
    public String getString(String name, String defaultValue) { return defaultValue; }
    public void resolve(JSObject data) {}
    public void reject(String message) {}
}

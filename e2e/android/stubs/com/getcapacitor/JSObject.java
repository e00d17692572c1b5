package com.getcapacitor;

import org.json.JSONObject;

public class JSObject extends JSONObject {
    @Override
    public JSObject put(String key, boolean value) { return this; }
    @Override
    public JSObject put(String key, int value) { return this; }
    @Override
    public JSObject put(String key, long value) { return this; }
    public JSObject put(String key, String value) { return this; }
    @Override
    public JSObject put(String key, Object value) { return this; }
}

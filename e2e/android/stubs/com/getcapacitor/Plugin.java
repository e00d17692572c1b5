package com.getcapacitor;

import android.content.Context;
import android.content.Intent;

public class Plugin {
    public Context getContext() { return null; }
    public void startActivityForResult(PluginCall call, Intent intent, String callbackName) {}
}

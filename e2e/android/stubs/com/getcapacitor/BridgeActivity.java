package com.getcapacitor;

import android.app.Activity;

public class BridgeActivity extends Activity {
    public void registerPlugin(Class<? extends Plugin> plugin) {}

    @Override
    public void onCreate(android.os.Bundle savedInstanceState) {}
}

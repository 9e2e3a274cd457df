// YARA rules of IISight for program files with published traits of known families (yara 4, libyara).
// SPDX-License-Identifier: Apache-2.0
// Made from electron/knowledge/families/groups by build/scripts/family-rules.mjs: do not edit. The rules and their words are
// our own; the traits are facts, each with its source in those files. A match is no verdict: two strong traits, or one and
// two weak ones, stand in the file.

// iisight_adobe_signed_filter: no rule; its 0 traits that stand in bytes are too few to tell.

rule iisight_badiis
{
    meta:
        description = "File with several published traits of BadIIS; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power https://github.com/elastic/protections-artifacts https://github.com/Cisco-Talos/IOCs"
    strings:
        $s1 = "tee|pat|and|app|poker|gam|sto|vid|bea|slo|fis|bac|pac|tig|bmw|fru|bull|card|gods|fish|mahj" ascii wide // games
        $s2 = "bingbot|Googlebot|Yeti" ascii wide // crawlers-yeti
        $s3 = "bingbot|Googlebot|coccocbot" ascii wide // crawlers-coccoc
        $s4 = "bing|google|naver" ascii wide // engines
        $s5 = "iPhone|iPad|iPod|iOS|Android|uc|BlackBerry|HUAWEI" ascii wide // phones
        $s6 = "adot|vsod|snce|grds" ascii wide // paths
        $s7 = "?ding=1&tt=1" ascii wide nocase // ding
        $s8 = "----WebKitFormBoundaryBHNkQBGxcQrf7zY1" ascii wide // boundary
        $s9 = "?prefix=/amp/&host=" ascii wide nocase // prefix
        $s10 = "/sitemap.php?host=" ascii wide nocase // sitemap
        $s11 = "^\\/(xoso|slot|casino|baccarat|Nohu|banca)\\/[a-z]*-[a-z]*-[a-z]*" ascii wide // pages
        $s12 = "<html><head><title>The resource cannot be found.</title><script>window.location=" ascii wide // page-404
        $s13 = " = crs tpircs<" ascii wide // reversed
        $s14 = "\\Winkbj.pdb" ascii nocase // pdb-winkbj
        $s15 = "\\Dongtai.pdb" ascii nocase // pdb-dongtai
        $s16 = "\\LMIISModule-main\\" ascii nocase // pdb-lmiis
        $s17 = "\\IIS_Dirs.pdb" ascii nocase // pdb-dirs
        $s18 = "seo-client-iis.pdb" ascii nocase // pdb-seo-client
        $s19 = "CIIS_SeoFactory" ascii // factory-seo
        $w1 = "hm.baidu.com/hm.js" ascii wide nocase // cloud-counter
        $w2 = "index.php?domain=" ascii wide nocase // domain-query
        $w3 = ".js|.css|.jpg|.jpeg|.png|.gif|.bmp|.ico|.svg|.tif|.pict|.tiff|.swf" ascii wide // endings
        $w4 = "|split'.split('|'),0,{}))</script>" ascii wide // unpacker
        $w5 = "IISRESPONSE" ascii wide // response
        $w6 = "\\IIS7NativeModule.pdb" ascii nocase // pdb-module
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*) or (any of ($s*) and 2 of ($w*)))
}

rule iisight_blackmould
{
    meta:
        description = "File with several published traits of BlackMould; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power https://www.microsoft.com/security/blog/2019/12/12/gallium-targeting-global-telecom/"
    strings:
        $s1 = "0628182016134805143312" ascii wide // number
        $s2 = "To configure ApplicationHost.config file OK..." ascii wide // configured
        $s3 = "Remove configure from ApplicationHost.config file OK..." ascii wide // unconfigured
        $s4 = "Install Filter start..." ascii wide // install
        $s5 = "Unstall Filter start..." ascii wide // unstall
        $s6 = "[ERROR]:Parameter error, please input 'install' or 'unstall'..." ascii wide // parameters
        $w1 = "srvhttp.log" ascii wide // log
        $w2 = "[CheckValue]:" ascii wide // check
        $w3 = "Rename File Fail." ascii wide // rename
        $w4 = "unstall finished..." ascii wide // finished
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*) or (any of ($s*) and 2 of ($w*)))
}

rule iisight_cookiehash
{
    meta:
        description = "File with several published traits of CookieHash; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power"
    strings:
        $s1 = "iisc_v1.2.dll" ascii nocase fullword // export-directory
        $s2 = { 48 8B 13 48 8B C8 83 E1 1F 42 0F B6 0C 01 30 0C 02 48 FF C0 8B 4B 08 48 3B C1 72 E4 } // xor
        $s3 = "ab3b3b1357c29e970336d06a3b76dcf6" ascii wide // hash-1
        $s4 = "a53108f7543b75adbb34afc035d4cdf6" ascii wide // hash-2
        $s5 = "44ba5ca65651b4f36f1927576dd35436" ascii wide // hash-3
        $s6 = "caf9b6b99962bf5c2264824231d7a40c" ascii wide // hash-4
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*))
}

rule iisight_deployfilteriis
{
    meta:
        description = "File with several published traits of DeployFilterIIS; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power https://www.cybereason.com/blog/research/deadringer-exposing-chinese-threat-actors-targeting-major-telcos"
    strings:
        $s1 = "ChopperApi_" ascii wide // api
        $s2 = "This Function can not use now." ascii wide // not-now
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*))
}

rule iisight_detele
{
    meta:
        description = "File with several published traits of Detele; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power"
    strings:
        $s1 = "[+] Detele Succeed" ascii wide // deleted
        $s2 = "[-] Detele Failed" ascii wide // not-deleted
        $s3 = "[iis] strCmdValueEncrypted" ascii wide // encrypted
        $s4 = "[+] .Net Exec Succeed" ascii wide // executed
        $s5 = "[-] Cat File Left Content Failed" ascii wide // cat-left
        $s6 = "[-] .Net Exec Timeout (>20s). Result Maybe Incomplete" ascii wide // timeout
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*))
}

rule iisight_doorme
{
    meta:
        description = "File with several published traits of DoorMe; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power https://www.elastic.co/security-labs/update-to-the-REF2924-intrusion-set-and-related-campaigns"
    strings:
        $s1 = "IISBeacon.dll" ascii nocase fullword // export-directory
        $s2 = "AVDoorme@@" ascii // class
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*))
}

// iisight_dream_job: no rule; its 0 traits that stand in bytes are too few to tell.

rule iisight_eset_group_10
{
    meta:
        description = "File with several published traits of ESET group 10; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://web-assets.esetstatic.com/wls/2021/08/eset_anatomy_native_iis_malware.pdf; indicators: https://github.com/eset/malware-ioc/tree/master/badiis"
    strings:
        $s1 = "js.breakavs.co" ascii wide nocase // host
        $s2 = "<title>(.*?)title(.*?)>" ascii wide // title
        $s3 = "<meta(.*?)name(.*?)=(.*?)keywords(.*?)>" ascii wide // keywords
        $s4 = "<meta(.*?)name(.*?)=(.*?)description(.*?)>" ascii wide // description
        $s5 = "&#21271;&#20140;&#36187;&#36710;" ascii wide // new-title
        $w1 = "IIS7.dll" ascii nocase fullword // export-directory
        $w2 = "360Spider" ascii wide // crawler-360
        $w3 = "Sosospider" ascii wide // crawler-soso
        $w4 = "YisouSpider" ascii wide // crawler-yisou
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*) or (any of ($s*) and 2 of ($w*)))
}

rule iisight_eset_group_12
{
    meta:
        description = "File with several published traits of ESET group 12; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://web-assets.esetstatic.com/wls/2021/08/eset_anatomy_native_iis_malware.pdf; indicators: https://github.com/eset/malware-ioc/tree/master/badiis https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power"
    strings:
        $s1 = "gtest_redir" ascii wide // redirect
        $s2 = "iuuq;00" ascii wide // masked-http
        $s3 = "Hotcss/|Hotjs/" ascii wide // hot-1
        $s4 = "HotImg/|HotPic/" ascii wide // hot-2
        $s5 = "ifeng|ivc|sogou|so.com|baidu|google|youdao|yahoo|bing|118114|biso|gougou|sooule|360|sm|uc" ascii wide // engines-1
        $s6 = "sogou|so.com|baidu|google|youdao|yahoo|bing|gougou|sooule|360|sm.cn|uc" ascii wide // engines-2
        $s7 = "msf connect error !!" ascii wide // msf
        $w1 = "F5XFFHttpModule.dll" ascii nocase fullword // export-directory
        $w2 = "CF5XFFHttpModuleFactory" ascii // factory
        $w3 = "C:\\inetpub\\temp\\IIS Temporary Compressed Files\\" ascii wide // folder
        $w4 = "?xhost=" ascii wide nocase // xhost
        $w5 = "&reurl=" ascii wide nocase // reurl
        $w6 = "?jump=1" ascii wide nocase // jump
        $w7 = "unknown cmd !" ascii wide // unknown-command
        $w8 = "download error !! " ascii wide // download-error
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*) or (any of ($s*) and 2 of ($w*)))
}

rule iisight_eset_group_14
{
    meta:
        description = "File with several published traits of ESET group 14; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://web-assets.esetstatic.com/wls/2021/08/eset_anatomy_native_iis_malware.pdf; indicators: https://github.com/eset/malware-ioc/tree/master/badiis https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power"
    strings:
        $s1 = "agent-self: %s" ascii wide // agent
        $s2 = "agent-file: %s" ascii wide // agent-file
        $s3 = "/utf.php?key=" ascii wide nocase // utf
        $s4 = "/self.php?v=" ascii wide nocase // self
        $s5 = "speed.wlaspsd.co" ascii wide nocase // host-1
        $s6 = "now.asmkpo.co" ascii wide nocase // host-2
        $s7 = "\\urlresol.pdb" ascii nocase // pdb
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*))
}

rule iisight_eset_group_9
{
    meta:
        description = "File with several published traits of ESET group 9; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://web-assets.esetstatic.com/wls/2021/08/eset_anatomy_native_iis_malware.pdf; indicators: https://github.com/eset/malware-ioc/tree/master/badiis https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power"
    strings:
        $s1 = "AVCFuckHttpModuleFactory" ascii // factory
        $s2 = "fuck32.dat" ascii wide // file-32
        $s3 = "fuck64.dat" ascii wide // file-64
        $s4 = "&ipzz1=" ascii wide nocase // query-1
        $s5 = "&ipzz2=" ascii wide nocase // query-2
        $s6 = "app|hot|alp|svf|fkj|mry|poc|doc|20" ascii wide // paths
        $s7 = "baidu|m.baidu|soso|sogou|m.sogou|sogo|sogou|so.com|google|youdao" ascii wide // engines
        $s8 = "(^/index|^/default)\\.(asp$|htm$|html$|shtm$|shtml$|aspx$|php$)" ascii wide // endings
        $s9 = "bj.whtjz.com" ascii wide nocase // host-1
        $s10 = "sc.300bt.com" ascii wide nocase // host-2
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*))
}

rule iisight_exowa
{
    meta:
        description = "File with several published traits of ExOwa; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power https://www.cybereason.com/blog/research/deadringer-exposing-chinese-threat-actors-targeting-major-telcos"
    strings:
        $s1 = "\\EXANG" ascii wide // folder
        $s2 = "\\~ex.dat" ascii wide // file
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*))
}

// iisight_financesvc: no rule; its 0 traits that stand in bytes are too few to tell.

// iisight_frebniis: no rule; its 1 traits that stand in bytes are too few to tell.

// iisight_gamshen: no rule; its 2 traits that stand in bytes are too few to tell.

rule iisight_gooddownload
{
    meta:
        description = "File with several published traits of GoodDownload; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://web-assets.esetstatic.com/wls/2021/08/eset_anatomy_native_iis_malware.pdf; indicators: https://github.com/eset/malware-ioc/tree/master/badiis https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power"
    strings:
        $s1 = "FliterSecurity.dll" ascii nocase fullword // export-filter
        $s2 = "Realy path : %s" ascii wide // real-path
        $s3 = "Where is the God!!" ascii wide // god
        $s4 = "Shit!Download False!" ascii wide // download-false
        $s5 = "Good!Run OK!" ascii wide // run-ok
        $s6 = "Shit!Run False!" ascii wide // run-false
        $s7 = "Good!Download OK!" ascii wide // download-ok
        $s8 = "[%d]safedog" ascii wide // safedog
        $s9 = "ed81bfc09d069121" ascii wide // hash-1
        $s10 = "a9478ef01967d190" ascii wide // hash-2
        $s11 = "af964b7479e5aea2" ascii wide // hash-3
        $w1 = "IIS7NativeModule.dll" ascii nocase fullword // export-module
        $w2 = "Logged On Users : %d" ascii wide // users
        $w3 = "Current process bits :  %s" ascii wide // bits
        $w4 = "Connect OK!" ascii wide // connect
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*) or (any of ($s*) and 2 of ($w*)))
}

// iisight_hotnews: no rule; its 2 traits that stand in bytes are too few to tell.

// iisight_http_listeners: no rule; its 0 traits that stand in bytes are too few to tell.

// iisight_iceapple: no rule; its 0 traits that stand in bytes are too few to tell.

rule iisight_iis_backdoor
{
    meta:
        description = "File with several published traits of IIS_backdoor; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://github.com/WBGlIl/IIS_backdoor https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power https://github.com/Neo23x0/signature-base"
    strings:
        $s1 = "IIS_backdoor_dll" ascii fullword // namespace
        $s2 = "Runpscmd" ascii fullword // method
        $s3 = "3fda4aa9-6fc1-473f-9048-7edc058c4f65" ascii wide nocase fullword // guid-1
        $s4 = "73ca4159-5d13-4a27-8965-d50c41ab203c" ascii wide nocase fullword // guid-2
        $s5 = "\\IIS_backdoor-master\\" ascii nocase // pdb
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*))
}

rule iisight_iis_raid
{
    meta:
        description = "File with several published traits of IIS-Raid; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://web-assets.esetstatic.com/wls/2021/08/eset_anatomy_native_iis_malware.pdf; indicators: https://github.com/eset/malware-ioc/tree/master/badiis https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power https://github.com/0x09AL/IIS-Raid"
    strings:
        $s1 = "X-FFEServer" ascii wide nocase fullword // ffe-header
        $s2 = "COM_InterProt" ascii wide nocase fullword // interprot-header
        $s3 = "Sense-Pwd" ascii wide nocase fullword // sense-header
        $s4 = "XXXYYY-Ref" ascii wide nocase fullword // xy-header
        $s5 = "SIMPLEPASS" ascii wide // default-password
        $s6 = "C:\\Windows\\Temp\\creds.db" ascii wide // credential-file
        $s7 = "C:\\Windows\\Temp\\AAD30E0F.tmp" ascii wide // other-credential-file
        $s8 = "No Creds Found" ascii wide // no-credentials
        $s9 = "C:\\Windows\\System32\\credwiz.exe" ascii wide // host-process
        $s10 = "IIS-Raid" ascii nocase // pdb-raid
        $s11 = "IIS-Backdoor" ascii nocase // pdb-backdoor
        $w1 = "INVALID COMMAND" ascii wide // invalid
        $w2 = "CMD|" ascii wide // command-cmd
        $w3 = "PIN|" ascii wide // command-pin
        $w4 = "INJ|" ascii wide // command-inj
        $w5 = "DMP|" ascii wide // command-dmp
        $w6 = "%02d/%02d/%04d %02d:%02d:%02d | %s" ascii wide // log-format
        $w7 = "C:\\Windows\\Temp\\thumbs.db" ascii wide // thumbs-file
        $w8 = "C:\\Windows\\Temp\\log.tmp" ascii wide // log-file
        $w9 = "DllResolve.db" ascii wide // resolve-file
        $w10 = "X-Chrome-Variations" ascii wide nocase fullword // variations-header
        $w11 = "X-Password" ascii wide nocase fullword // password-header
        $w12 = "X-BlogEngine" ascii wide nocase fullword // blog-header
        $w13 = "X-Cache" ascii wide nocase fullword // cache-header
        $w14 = "X-Via" ascii wide nocase fullword // via-header
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*) or (any of ($s*) and 2 of ($w*)))
}

rule iisight_iiserpent
{
    meta:
        description = "File with several published traits of IISerpent; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://web-assets.esetstatic.com/wls/2021/08/eset_anatomy_native_iis_malware.pdf; indicators: https://github.com/eset/malware-ioc/tree/master/badiis https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power"
    strings:
        $s1 = "/mconfig/lunlian.txt" ascii wide nocase // list
        $s2 = "sb.qrfy.ne" ascii wide nocase // host
        $s3 = "?ReloadModuleConfig=1" ascii wide nocase // reload
        $s4 = "?DisplayModuleConfig=1" ascii wide nocase // display
        $s5 = "folderlinkpath" ascii wide // folder-path
        $s6 = "folderlinkcount" ascii wide // folder-count
        $s7 = "onlymobilespider" ascii wide // mobile
        $s8 = "redirectreferer" ascii wide // referer
        $s9 = "loadSuccessfull : " ascii wide // loaded
        $s10 = "loadConfigMessage : " ascii wide // message
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*))
}

rule iisight_iisinjectorplus
{
    meta:
        description = "File with several published traits of IISInjectorPlus; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power"
    strings:
        $s1 = "IISBackDoorPlus" ascii wide // name
        $s2 = "c21Ffc565eb86fec" ascii wide // key
        $s3 = "MyHttpModuleRegistrationInfo" ascii // class
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*))
}

rule iisight_iispy
{
    meta:
        description = "File with several published traits of IISpy; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://web-assets.esetstatic.com/wls/2021/08/eset_anatomy_native_iis_malware.pdf; indicators: https://github.com/eset/malware-ioc/tree/master/badiis https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power"
    strings:
        $s1 = "%.8s%.8s=%.8s%.16s%.8s%.16s" ascii wide // header-format
        $s2 = "/credential/username" ascii wide // user-name
        $s3 = "/credential/password" ascii wide // password
        $s4 = "/computer/domain" ascii wide // domain
        $w1 = "/computer/name" ascii wide // computer
        $w2 = "WNetAddConnection2W" ascii wide // connection
        $w3 = "Sec-Fetch-Mode" ascii wide nocase fullword // sec-fetch-mode
        $w4 = "Sec-Fetch-Site" ascii wide nocase fullword // sec-fetch-site
        $w5 = { 49 45 4E 44 AE 42 60 82 } // png-end
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*) or (any of ($s*) and 2 of ($w*)))
}

rule iisight_iistealer
{
    meta:
        description = "File with several published traits of IIStealer; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://web-assets.esetstatic.com/wls/2021/08/eset_anatomy_native_iis_malware.pdf; indicators: https://github.com/eset/malware-ioc/tree/master/badiis https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power"
    strings:
        $s1 = "tojLrGzFMbcDTKcH" ascii wide // key-1
        $s2 = "4vUOj3IutgtrpVwh" ascii wide // key-2
        $s3 = "SoUnRCxgREXMu9bM" ascii wide // key-3
        $s4 = "9Zr1Z78OkgaXj1Xr" ascii wide // key-4
        $s5 = "X-IIS-Data" ascii wide nocase fullword // header
        $s6 = { C7 ?? CF 2F 00 63 00 C7 ?? D3 68 00 65 00 C7 ?? D7 63 00 6B 00 C7 ?? DB 6F 00 75 00 C7 ?? DF 74 00 2F 00 C7 ?? E3 63 00 68 00 C7 ?? E7 65 00 63 00 C7 ?? EB 6B 00 6F 00 C7 ?? EF 75 00 74 00 C7 ?? F3 2E 00 61 00 C7 ?? F7 73 00 70 00 } // stack-checkout
        $s7 = { C7 ?? AF 2F 00 70 00 C7 ?? B3 72 00 69 00 C7 ?? B7 76 00 61 00 C7 ?? BB 63 00 79 00 C7 ?? BF 2E 00 61 00 C7 ?? C3 73 00 70 00 } // stack-privacy
        $w1 = "C:\\Windows\\Temp\\cache.txt" ascii wide // log-file
        $w2 = "/checkout/checkout.aspx" ascii wide nocase // checkout
        $w3 = "/checkout/Payment.aspx" ascii wide nocase // payment
        $w4 = "/privacy.aspx" ascii wide nocase // privacy
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*) or (any of ($s*) and 2 of ($w*)))
}

rule iisight_isn
{
    meta:
        description = "File with several published traits of ISN; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://web-assets.esetstatic.com/wls/2021/08/eset_anatomy_native_iis_malware.pdf; indicators: https://github.com/eset/malware-ioc/tree/master/badiis https://www.trustwave.com/en-us/resources/blogs/spiderlabs-blog/the-curious-case-of-the-malicious-iis-module/ https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power"
    strings:
        $s1 = "isn_getlog" ascii wide // get-log
        $s2 = "isn_logpath" ascii wide // log-path
        $s3 = "isn_logdel" ascii wide // delete-log
        $s4 = "isn_reloadconfig" ascii wide // reload
        $s5 = "isn7 config reloaded" ascii wide // reloaded
        $s6 = "isn7 config NOT reloaded, not found or empty" ascii wide // not-reloaded
        $s7 = "isn7 log deleted" ascii wide // deleted
        $s8 = "isn7 log not deleted, ERROR 0x%X" ascii wide // not-deleted
        $s9 = "isn7 log NOT found" ascii wide // not-found
        $s10 = "\\isapi\\isn7" ascii nocase // pdb
        $w1 = "get POST failed %d" ascii wide // post-failed
        $w2 = "isn7.dll" ascii nocase fullword // export-directory
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*) or (any of ($s*) and 2 of ($w*)))
}

// iisight_larva_25003: no rule; its 0 traits that stand in bytes are too few to tell.

rule iisight_lighthandiis
{
    meta:
        description = "File with several published traits of LightHandIIS; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power"
    strings:
        $s1 = "\\IIS-Backup.pdb" ascii nocase // pdb
        $s2 = "A:\\tool\\Backup\\" ascii nocase // pdb-folder
        $w1 = "CIISModuleFactory" ascii // factory
        $w2 = "Read Body Failed!" ascii wide // body
        $w3 = "Upload Success!" ascii wide // upload
        $w4 = "Create File Failed!" ascii wide // create
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*) or (any of ($s*) and 2 of ($w*)))
}

rule iisight_methedloader
{
    meta:
        description = "File with several published traits of MethedLoader; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power"
    strings:
        $s1 = "Ope#2Rx@Lq" ascii wide // key
        $s2 = { C1 EA 05 8D 0C 92 C1 E1 03 2B C1 8B 8D ?? ?? ?? ?? 0F B6 04 38 } // code
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*))
}

rule iisight_nosuch
{
    meta:
        description = "File with several published traits of NoSuch; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power"
    strings:
        $s1 = "NoSuchHeaderError" ascii wide // header-error
        $s2 = "qNfn3mYyasd75Adne" ascii wide // key
        $s3 = "HttpLib final buffer size different than expected" ascii wide // buffer
        $s4 = "getFile: offset exceeds file size" ascii wide // get-file
        $s5 = "Upload File - empty destFilePath string." ascii wide // empty-path
        $s6 = "Uploader: CreateFile failed." ascii wide // create
        $s7 = "WaitForSingleObject for cmd subprocess failed." ascii wide // wait
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*))
}

rule iisight_onecmd
{
    meta:
        description = "File with several published traits of OneCmd; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://web-assets.esetstatic.com/wls/2021/08/eset_anatomy_native_iis_malware.pdf; indicators: https://github.com/eset/malware-ioc/tree/master/badiis https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power"
    strings:
        $s1 = "JVVRaeof" ascii wide // masked-header
        $s2 = "ncpmg::0" ascii wide // masked-password
        $s3 = "zkpzz0cnnuqwnw0eqo" ascii wide // masked-host
        $s4 = "30rjrAeofqwv?" ascii wide // masked-url
        $s5 = { 80 E9 02 88 0A 48 8D 52 01 0F B6 02 0F B6 C8 84 C0 75 ED } // unmask
        $w1 = "&jump=1" ascii wide nocase // jump
        $w2 = "&reurl=" ascii wide nocase // reurl
        $w3 = "DnsQuery_A" ascii wide // dns
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*) or (any of ($s*) and 2 of ($w*)))
}

// iisight_op_512: no rule; its 0 traits that stand in bytes are too few to tell.

// iisight_owaauth: no rule; its 0 traits that stand in bytes are too few to tell.

// iisight_owlproxy: no rule; its 0 traits that stand in bytes are too few to tell.

rule iisight_owowa
{
    meta:
        description = "File with several published traits of Owowa; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://securelist.com/owowa-credential-stealer-and-remote-access/105219/ https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power https://github.com/ditekshen/detection"
    strings:
        $s1 = "jFuLIXpzRdateYHoVwMlfc" ascii wide // return-log
        $s2 = "Fb8v91c6tHiKsWzrulCeqO" ascii wide // delete-log
        $s3 = "dEUM3jZXaDiob8BrqSy2PQO1" ascii wide // run
        $s4 = "6801b573-4cdb-4307-8d4a-3d1e2842f09f" ascii wide nocase fullword // guid
        $s5 = "C:\\Users\\S3crt\\" ascii nocase // pdb
        $w1 = "ExtenderControlDesigner" ascii fullword // assembly
        $w2 = "PreSend_RequestContent" ascii fullword // method
        $w3 = "HealthMailbox" ascii wide // mailbox
        $w4 = ".db.ses" ascii wide // log
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*) or (any of ($s*) and 2 of ($w*)))
}

rule iisight_payment_stealers
{
    meta:
        description = "File with several published traits of Payment card stealers; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power"
    strings:
        $s1 = "SataticFilterModule" ascii // filter
        $s2 = "_Defender_Antivirus.log" ascii wide // log
        $s3 = "%s%s_%04d%02d%02d_.tmp" ascii wide // temp
        $s4 = { 48 8B 44 24 ?? 0F BE 00 89 44 24 ?? 8B 04 24 99 F7 7C 24 ?? 8B C2 48 98 0F BE 44 04 } // xor
        $w1 = "Qoo10Card" ascii wide // card-1
        $w2 = "QPGPayByCard" ascii wide // card-2
        $w3 = "ProceedChangePayment" ascii wide // card-3
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*) or (any of ($s*) and 2 of ($w*)))
}

// iisight_praying_mantis: no rule; its 0 traits that stand in bytes are too few to tell.

rule iisight_rainowa
{
    meta:
        description = "File with several published traits of RainOwa; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power"
    strings:
        $s1 = "RainFL84CA7GHhauPb1y" ascii wide // token-1
        $s2 = "WzqmDOBOV0NZgThdGFnl" ascii wide // token-2
        $s3 = "dVrvZ9U36rhmD4diJW7C" ascii wide // token-3
        $s4 = "CPhJdep7SrcG5tQvui2V" ascii wide // token-4
        $s5 = "bnw7Nfvhf0PofeN38URz" ascii wide // token-5
        $s6 = "c:\\users\\dadmin\\" ascii nocase // pdb
        $s7 = { 11 08 17 8D 2D 00 00 01 25 16 1F 3A 9D 6F 2B 00 00 0A 13 09 11 09 13 0A 2B 00 11 0A 2A } // code
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*))
}

rule iisight_regeorgiis
{
    meta:
        description = "File with several published traits of reGeorgIIS; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power"
    strings:
        $s1 = "tn7rM2851XVvOFbc" ascii wide // key
        $s2 = "Source Response Empty!" ascii wide // empty
        $s3 = "Source Response Len: " ascii wide // length
        $s4 = "Clear Rules Success!" ascii wide // rules
        $w1 = "GetFromSource: " ascii wide // source
        $w2 = "FUNCTION GET: Error" ascii wide // get
        $w3 = "Socks connect error: " ascii wide // socks
        $w4 = "Filepath can not be empty!" ascii wide // path
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*) or (any of ($s*) and 2 of ($w*)))
}

rule iisight_reviseiis
{
    meta:
        description = "File with several published traits of ReviseIIS; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power"
    strings:
        $s1 = "RunExshell" ascii fullword // shell
        $s2 = "trafficObfuscation" ascii fullword // hide
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*))
}

rule iisight_rgdoor
{
    meta:
        description = "File with several published traits of RGDoor; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://unit42.paloaltonetworks.com/unit42-oilrig-uses-rgdoor-iis-backdoor-targets-middle-east/ https://web-assets.esetstatic.com/wls/2021/08/eset_anatomy_native_iis_malware.pdf; indicators: https://github.com/eset/malware-ioc/tree/master/badiis https://github.com/Neo23x0/signature-base https://attack.mitre.org/software/S0258/ https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power"
    strings:
        $s1 = "RGSESSIONID=" ascii wide // cookie
        $w1 = "upload$" ascii wide // upload
        $w2 = "download$" ascii wide // download
        $w3 = "cmd$" ascii wide // command
        $w4 = "MyNativeModule.dll" ascii nocase fullword // export-directory
        $w5 = ".?AVCHelloWorld@@" ascii // class
        $w6 = { 63 61 6E 27 74 20 6F 70 65 6E 20 66 69 6C 65 3A 20 00 } // open-error
    condition:
        uint16(0) == 0x5A4D and ((any of ($s*) and 2 of ($w*)))
}

rule iisight_sessionmanager
{
    meta:
        description = "File with several published traits of SessionManager; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://securelist.com/the-sessionmanager-iis-backdoor/106868/ https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power"
    strings:
        $s1 = "SessionManagerModuleFactory" ascii // factory
        $s2 = "Session Manager Works OK" ascii wide // works
        $s3 = "Complete Write To File :" ascii wide // complete
        $s4 = "\\GodLike\\" ascii nocase // pdb-folder
        $s5 = "sessionmanagermodule.pdb" ascii nocase // pdb
        $w1 = "SM_SESSION" ascii wide // cookie
        $w2 = "attachment; filename = \"cool.html\"" ascii wide // attachment
        $w3 = "error to open file for read" ascii wide // read-error
        $w4 = "error to open file for write" ascii wide // write-error
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*) or (any of ($s*) and 2 of ($w*)))
}

rule iisight_sessionsiis
{
    meta:
        description = "File with several published traits of SessionsIIS; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power"
    strings:
        $s1 = "Sat, 29 Oct 2021 19:43:31 GMT" ascii wide // date
        $s2 = "\\eNe.pdb" ascii nocase // pdb
        $w1 = "HostRewriteModule" ascii // class
        $w2 = "_sessionsID" ascii wide // cookie
        $w3 = "Rewrite.dll" ascii nocase fullword // export-directory
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*) or (any of ($s*) and 2 of ($w*)))
}

rule iisight_spiderexecute
{
    meta:
        description = "File with several published traits of SpiderExecute; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power"
    strings:
        $s1 = "HandleSpiderHijack" ascii fullword // hijack
        $s2 = "IsSpiderReferer" ascii fullword // referer
        $s3 = "ExecuteCommandFromHeader" ascii fullword // execute
        $s4 = "execute-cmd-iis" ascii wide nocase fullword // header
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*))
}

rule iisight_threetrack
{
    meta:
        description = "File with several published traits of ThreeTrack; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power"
    strings:
        $s1 = "\\x64\\Release\\w3trc.pdb" ascii nocase // pdb
        $s2 = "C:\\Users\\T\\Desktop\\er\\" ascii nocase // pdb-user
        $s3 = "c:\\windows\\temp\\adobeproducttemp\\" ascii wide // folder
        $s4 = "w3trcModule.dll" ascii nocase fullword // export-directory
        $w1 = "\\StripHeaders-1.0.5\\" ascii nocase // pdb-strip
        $w2 = "upload$" ascii wide // upload
        $w3 = "download$" ascii wide // download
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*) or (any of ($s*) and 2 of ($w*)))
}

rule iisight_tigeriis
{
    meta:
        description = "File with several published traits of TigerIIS; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power https://www.cisa.gov/news-events/cybersecurity-advisories/aa24-207a"
    strings:
        $s1 = "Microsoft Credental.dll" ascii nocase fullword // export-directory
        $s2 = "MicrosoftCorporationValidation@#$%^&*()!US" ascii wide // key
        $s3 = { 48 63 D9 41 0F B6 0C 18 41 88 09 41 88 14 18 41 0F B6 11 41 0F B6 0C 18 03 D1 } // code
        $w1 = "198409" ascii wide // command-1
        $w2 = "199703" ascii wide // command-2
        $w3 = "202106" ascii wide // command-3
        $w4 = "201445" ascii wide // command-4
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*) or (any of ($s*) and 2 of ($w*)))
}

rule iisight_tollbooth
{
    meta:
        description = "File with several published traits of TOLLBOOTH; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://github.com/elastic/labs-releases (indicators/tollbooth); https://github.com/elastic/protections-artifacts https://github.com/Cisco-Talos/IOCs"
    strings:
        $s1 = "hj-plugin-iis-cpp-v" ascii wide // version
        $s2 = "hj-iis-cim-v" ascii wide // version-managed
        $s3 = "seoGroupHijackbotUaMatchRules" ascii wide // rules
        $s4 = "/landpage?seoConfigId=" ascii wide nocase // land-page
        $s5 = "<form action='/scjg' method='POST'" ascii wide // form
        $s6 = "name='cmdml' placeholder='Enter CMD" ascii wide // field
        $s7 = "hack123456!" ascii wide // password
        $s8 = "gooqlebot" ascii wide // misspelt
        $s9 = "GetRandomLinesFromMultipleResources" ascii fullword // lines
        $s10 = "AVHiJackServer" ascii // class-hijack
        $s11 = "AffLinkServer" ascii wide // class-link
        $s12 = "AVWebdllServer" ascii // class-webdll
        $s13 = ".fseo99.com" ascii wide nocase // host-f
        $s14 = ".cseo99.com" ascii wide nocase // host-c
        $s15 = ".aseo99.com" ascii wide nocase // host-a
        $s16 = "clean?type=conf" ascii wide nocase // clean
        $s17 = { 7B E6 9C AC E5 9C B0 E5 8F 8B E9 93 BE 7D } // mark
        $w1 = "AVUploadServer" ascii // class-upload
        $w2 = "AVRedirectServer" ascii // class-redirect
        $w3 = "sitemapRangeBegin" ascii wide // sitemap
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*) or (any of ($s*) and 2 of ($w*)))
}

// iisight_toolshell_modules: no rule; its 1 traits that stand in bytes are too few to tell.

rule iisight_tripleriis
{
    meta:
        description = "File with several published traits of TripleRIIS; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://web-assets.esetstatic.com/wls/2021/08/eset_anatomy_native_iis_malware.pdf; indicators: https://github.com/eset/malware-ioc/tree/master/badiis https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power"
    strings:
        $s1 = "([\\w+%]+)=([^!]*)" ascii wide // query-pattern
        $s2 = "294A1FC8FA5255E704F3A53F04056C91" ascii wide // hash
        $s3 = ".?AVmyModuleFactory@@" ascii // factory
        $s4 = "\\IIS 5\\x64\\Release\\Vi.pdb" ascii nocase // pdb-vi
        $w1 = "([\\w+%]+)=([^&]*)" ascii wide // form-pattern
        $w2 = "AVRSAFunction" ascii // rsa-class
        $w3 = "MIICdgIBADA" ascii wide // rsa-key
        $w4 = "HttpModule.pdb" ascii nocase // pdb-module
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*) or (any of ($s*) and 2 of ($w*)))
}

rule iisight_xcookie
{
    meta:
        description = "File with several published traits of XCookie; no proof that it is that"
        license = "Apache-2.0"
        author = "IISight"
        reference = "https://web-assets.esetstatic.com/wls/2021/08/eset_anatomy_native_iis_malware.pdf; indicators: https://github.com/eset/malware-ioc/tree/master/badiis https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power"
    strings:
        $s1 = "IIS-Backdoor.dll" ascii nocase fullword // export-directory
        $s2 = "BackdoorHttpModuleFactory" ascii // factory
    condition:
        uint16(0) == 0x5A4D and (2 of ($s*))
}

// iisight_zeroonecookie: no rule; its 2 traits that stand in bytes are too few to tell.

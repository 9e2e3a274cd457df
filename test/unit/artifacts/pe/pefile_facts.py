"""Prints what pefile reads from each file named on standard input, one JSON document per line."""
import json
import sys

import pefile

MACHINES = {0x14C: "x86", 0x8664: "x64", 0xAA64: "arm64", 0x1C4: "armnt"}


def text(value):
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else value


def imports(pe, attribute):
    return [
        {"dll": text(d.dll), "names": ["#%d" % s.ordinal if s.import_by_ordinal else text(s.name) for s in d.imports]}
        for d in getattr(pe, attribute, [])
    ]


def exports(pe):
    table = getattr(pe, "DIRECTORY_ENTRY_EXPORT", None)
    symbols = table.symbols if table else []
    return [{"name": text(s.name), "ordinal": s.ordinal, "rva": s.address, "forwarder": text(s.forwarder)} for s in symbols]


def version_info(pe):
    strings = {}
    for info in getattr(pe, "FileInfo", [])[:1]:
        for entry in info:
            for table in getattr(entry, "StringTable", []):
                for key, value in table.entries.items():
                    strings.setdefault(text(key), text(value))
    return strings


def sections(pe):
    return [
        {
            "name": text(s.Name.split(b"\0")[0]),
            "rva": s.VirtualAddress,
            "virtualSize": s.Misc_VirtualSize,
            "rawOffset": s.PointerToRawData,
            "rawSize": s.SizeOfRawData,
            "entropy": s.get_entropy(),
        }
        for s in pe.sections
    ]


def pdb(pe):
    entries = [d.entry for d in getattr(pe, "DIRECTORY_ENTRY_DEBUG", [])]
    return [text(e.PdbFileName.split(b"\0")[0]) for e in entries if e is not None and hasattr(e, "PdbFileName")]


def facts(path):
    pe = pefile.PE(path, max_symbol_exports=70000, max_repeated_symbol=70000)
    directories = pe.OPTIONAL_HEADER.DATA_DIRECTORY
    certificates = directories[4] if len(directories) > 4 else None
    machine = pe.FILE_HEADER.Machine
    return {
        "machine": MACHINES.get(machine, hex(machine)),
        "isDll": bool(pe.FILE_HEADER.Characteristics & 0x2000),
        "timestamp": pe.FILE_HEADER.TimeDateStamp,
        "imphash": pe.get_imphash() or None,
        "richHash": pe.get_rich_header_hash() or None,
        "exports": exports(pe),
        "imports": imports(pe, "DIRECTORY_ENTRY_IMPORT"),
        "delayImports": imports(pe, "DIRECTORY_ENTRY_DELAY_IMPORT"),
        "sections": sections(pe),
        "pdb": pdb(pe),
        "versionInfo": version_info(pe),
        "certificateTable": {"offset": certificates.VirtualAddress, "size": certificates.Size}
        if certificates is not None and certificates.VirtualAddress
        else None,
    }


for line in sys.stdin:
    print(json.dumps(facts(line.rstrip("\n"))))

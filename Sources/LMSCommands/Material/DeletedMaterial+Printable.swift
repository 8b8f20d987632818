internal import LMSCore

extension DeletedMaterial: Printable {
    static let columns: [Column<DeletedMaterial>] =
        Material.columns.map { $0.within(\DeletedMaterial.material) } + [
            Column("trash", isExtra: true) { Cell(orNull: $0.trash) }
        ]

    var identity: String? { material.identity }
}
